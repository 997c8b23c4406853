// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/mapper.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/config/field_echo.hpp"
#include "sim/engine/plan.hpp"
#include "sim/mapper/finalist.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/mapping_case.hpp"
#include "tests/support/random_case.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// AlexNet on Eyeriss, planned.
struct AlexNet {
  AlexNet(std::int64_t batch, const std::string& objective) {
    Request request{JsonDocument(nlohmann::json::object(), "test"), {}, {}};
    for (const std::string& set :
         {std::string("/chip=eyeriss"), std::string("/network=alexnet"), std::string("/run/mapping=search"),
          "/run/search/objective=" + objective, "/run/batch=" + std::to_string(batch)}) {
      request.overrides.push_back(parse_override(set));
    }
    experiment = compose(request);
    precision = resolve_precision(experiment.precision, experiment.network, stored_datapath_of(experiment.chip),
                                  accumulator_of(experiment.chip));
    plans = plan_layers(experiment, precision);
  }
  MappingRequest request(const LayerPlan& plan) const {
    return {&experiment.chip, plan.context,         plan.widths, accumulator_of(experiment.chip),
            &plan.prices,     experiment.run.search};
  }
  Experiment experiment;
  NetworkPrecision precision;
  std::vector<LayerPlan> plans;
};

std::vector<std::int64_t> numbers(const ArrayMapping& mapping) {
  const auto& map = static_cast<const RowStationaryMapping&>(mapping);
  return {map.m, map.n, map.e, map.p, map.q, map.r, map.t};
}

TEST(Mapper, FewestWordsOfDramThenBufferAreTableThreeOfEyeriss) {
  // Chen, Krishna, Emer, Sze, JSSC 52(1), 2017, Table III: m n e p q r t at batch 4. CONV3 has q 4, r 1, t 4 there, but
  // only p 16, q 3, r 2, t 2 gives the 50.2 MB of buffer traffic that Table V prints, and it moves fewer words.
  const std::vector<std::vector<std::int64_t>> table = {{96, 1, 7, 16, 1, 1, 2},
                                                        {64, 1, 27, 16, 2, 1, 1},
                                                        {64, 4, 13, 16, 3, 2, 2},
                                                        {64, 4, 13, 16, 3, 2, 2},
                                                        {64, 4, 13, 16, 3, 2, 2}};
  const AlexNet alexnet(4, "dram_then_buffer");
  ASSERT_EQ(alexnet.plans.size(), 8U);
  for (std::size_t layer = 0; layer < table.size(); ++layer) {
    EXPECT_EQ(numbers(*alexnet.plans[layer].mapping), table[layer]) << alexnet.plans[layer].layer->name;
    EXPECT_FALSE(alexnet.plans[layer].search->simulated) << "the closed form is exact";
  }
}

TEST(Mapper, FewestCyclesAreNeverMoreThanThoseOfTheDefaultMapping) {
  const AlexNet alexnet(1, "cycles");
  for (const LayerPlan& plan : alexnet.plans) {
    const MappingRequest request = alexnet.request(plan);
    const FinalistRun run(request);
    const std::int64_t by_default = run.figures(*default_mapping(alexnet.experiment.chip, plan.context)).total_cycles;
    ASSERT_TRUE(plan.search->simulated);
    EXPECT_LE(plan.search->simulated->total_cycles, by_default) << plan.layer->name;
    EXPECT_EQ(plan.search->simulated->total_cycles, run.figures(*plan.mapping).total_cycles) << plan.layer->name;
  }
}

TEST(Mapper, TheBestFinalistAsSimulatedWins) {
  for (const char* array : {"row_stationary", "systolic"}) {
    for (std::int64_t seed = 0; seed < 40; ++seed) {
      for (const char* objective : {"cycles", "energy", "edp"}) {
        MappingCase c(random_case(seed, array), objective);
        c.search().finalists = 3;
        const MappingRequest request = c.request();
        const std::shared_ptr<const ChosenMapping> found = search_mapping(request);
        const ChosenMapping& chosen = *found;
        const FinalistRun run(request);
        const Objective& least = objective_named(objective);
        const Score best = least.score(*chosen.simulated);
        EXPECT_FALSE(best < least.score(run.figures(*chosen.mapping)));
        EXPECT_FALSE(least.score(run.figures(*default_mapping(*request.chip, request.context))) < best)
            << to_json(c.layer());
        EXPECT_LE(chosen.finalists, 4);
      }
    }
  }
}

TEST(Mapper, WordsAsSimulatedAreThoseOfTheClosedForm) {
  for (const char* array : {"row_stationary", "systolic"}) {
    for (std::int64_t seed = 0; seed < 100; ++seed) {
      const MappingCase c(random_case(seed, array), "dram_then_buffer");
      const MappingRequest request = c.request();
      const std::shared_ptr<const ChosenMapping> found = search_mapping(request);
      const ChosenMapping& chosen = *found;
      const MappingFigures simulated = FinalistRun(request).figures(*chosen.mapping);
      ASSERT_EQ(simulated.dram_words, chosen.estimate.dram_words) << to_json(c.layer());
      ASSERT_EQ(simulated.buffer_words, chosen.estimate.buffer_words) << to_json(c.layer());
    }
  }
}

TEST(Mapper, RemembersASearchByAllThatItDependsOn) {
  RowStationaryLayer layer;
  layer.shape = {2, 8, 4, 1, 8, 8, 3, 3, 1, 0};
  const MappingCase once(layer, "cycles");
  const MappingCase again(layer, "cycles");
  const std::shared_ptr<const ChosenMapping> known = search_mapping(once.request());
  EXPECT_EQ(search_mapping(again.request()), known);
  const auto is_new = [known](const LayerCase& changed, const std::string& objective, const std::string& factors) {
    return search_mapping(MappingCase(changed, objective, factors).request()) != known;
  };
  EXPECT_FALSE(is_new(layer, "cycles", "perfect"));
  EXPECT_TRUE(is_new(layer, "energy", "perfect"));
  EXPECT_TRUE(is_new(layer, "cycles", "any"));
  const auto changed = [&layer](const auto& change) {
    RowStationaryLayer other = layer;
    change(other);
    return other;
  };
  EXPECT_TRUE(is_new(changed([](auto& c) { ++c.shape.M; }), "cycles", "perfect"));
  EXPECT_TRUE(is_new(changed([](auto& c) { ++c.shape.P; }), "cycles", "perfect"));
  EXPECT_TRUE(is_new(changed([](auto& c) { ++c.chip.global_buffer.banks; }), "cycles", "perfect"));
  EXPECT_TRUE(is_new(changed([](auto& c) { ++c.chip.dram_link.clock_khz; }), "cycles", "perfect"));
  EXPECT_TRUE(is_new(changed([](auto& c) { ++c.array().ifmap_spad_words; }), "cycles", "perfect"));
  EXPECT_TRUE(is_new(changed([](auto& c) { --c.activation_bits; }), "cycles", "perfect"));
  MappingCase more(layer, "cycles");
  ++more.search().finalists;
  EXPECT_NE(search_mapping(more.request()), known);
}

TEST(Mapper, ALayerThatNoMappingFitsIsRefusedWithTheCapacityThatBreaks) {
  RowStationaryLayer layer;
  layer.shape = {1, 1, 1, 1, 4, 4, 3, 3, 1, 0};
  layer.array().ifmap_spad_words = 2;
  EXPECT_EQ(error_of([&] { search_mapping(MappingCase(layer, "cycles").request()); }),
            "no mapping fits: even with m = n = e = p = q = r = t = 1, an ifmap window q S = 3 words, but "
            "/chip/array/ifmap_spad_words gives 2");
}

}  // namespace
}  // namespace lacuna::test
