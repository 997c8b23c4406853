// SPDX-License-Identifier: Apache-2.0
// The worked cases in tests/vectors/scnn.json: vector pairs of one PE and the barrier between two at both levels;
// banks, halos, groups and drains by their rules; fillers in a stream.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/array/cartesian_product/event/timing.hpp"
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/codec/codec.hpp"
#include "tests/support/cartesian_layer.hpp"

namespace lacuna::test {
namespace {

using nlohmann::json;
using Numbers = std::vector<std::int64_t>;

json input_of(const std::string& id, json& expected) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/scnn.json");
  const json cases = json::parse(file)["cases"];
  for (const json& one : cases) {
    if (one["id"] != id) continue;
    expected = one["expected"];
    return one["input"];
  }
  ADD_FAILURE() << id << " is not in tests/vectors/scnn.json";
  return {};
}

StoredWord& at(std::vector<StoredWord>& words, std::int64_t index) { return words.at(static_cast<std::size_t>(index)); }

/// One PE and one channel. Places of activations are those of the padded plane.
struct OnePe {
  OnePe(const json& input, std::int64_t filters, std::int64_t side) : layer(1, 1) {
    layer.array().filter_lanes = input["F"];
    layer.array().ifmap_lanes = input["I"];
    layer.shape.U = input["stride"];
    layer.shape.P = input.value("pad", 0);
    layer.shape.R = layer.shape.S = side;
    layer.shape.H = layer.shape.W = (input.value("Wout", 6) - 1) * layer.shape.U + side - 2 * layer.shape.P;
    for (const json& xy : input.value("acts_xy", json::array())) {  // words that no output needs may lie behind
      layer.shape.H = layer.shape.W = std::max(layer.shape.W, xy[0].get<std::int64_t>() + 1 - layer.shape.P);
    }
    layer.shape.M = filters;
    layer.map().m = layer.map().k = filters;
    layer.map().e = 64;
    words = layer.zeros();
  }
  void activation(std::int64_t row, std::int64_t column) {
    at(words.ifmaps[0], (row - layer.shape.P) * layer.shape.W + column - layer.shape.P) = 3;
  }
  void weight(std::int64_t k, std::int64_t r, std::int64_t s) {
    at(words.filters, (k * layer.shape.R + r) * layer.shape.S + s) = 2;
  }
  CartesianLayer layer;
  CartesianLayer::Words words;
};

class CartesianPairs : public testing::TestWithParam<std::pair<const char*, std::int64_t>> {};

TEST_P(CartesianPairs, TakeTheStepsOfTheWorkedCaseAtBothLevels) {
  json expected;
  const json input = input_of(GetParam().first, expected);
  std::int64_t filters = 1;
  for (const json& krs : input["weights_krs"]) filters = std::max(filters, krs[0].get<std::int64_t>() + 1);
  OnePe one(input, filters, GetParam().second);
  for (const json& xy : input["acts_xy"]) one.activation(xy[0], xy[1]);
  for (const json& krs : input["weights_krs"]) one.weight(krs[0], krs[1], krs[2]);
  const auto [clocked, event] = one.layer.run_on(one.words);
  one.layer.array().bank_model = "ideal";
  const LayerRun free = one.layer.run_on(one.words).second;
  for (const LayerRun* run : {&clocked, &event}) {
    EXPECT_EQ(run->counts.at("wfifo.read"), expected["vector_pairs"].get<std::int64_t>());
    EXPECT_EQ(run->macs_performed, expected["useful_products"].get<std::int64_t>());
    // No PE around it, so no halo to drain.
    EXPECT_EQ(run->processing_cycles, expected["cycles_bank_stall"].get<std::int64_t>());
  }
  EXPECT_EQ(free.processing_cycles, expected["cycles_no_conflict"].get<std::int64_t>());
  EXPECT_EQ(free.ofmap, clocked.ofmap);
}

INSTANTIATE_TEST_SUITE_P(Worked, CartesianPairs,
                         testing::Values(std::pair<const char*, std::int64_t>("scnn-pe-dense-3x3-2x2", 2),
                                         std::pair<const char*, std::int64_t>("scnn-pe-sparse", 2),
                                         std::pair<const char*, std::int64_t>("scnn-pe-stride2", 3),
                                         std::pair<const char*, std::int64_t>("scnn-pe-stride2-pad1", 3)),
                         [](const auto& one) { return "Case" + std::to_string(one.index); });

TEST(CartesianVectors, PlaceholdersTakeSlotsInVectors) {
  json expected;
  json input = input_of("scnn-filler-slots", expected);
  input["Wout"] = input["tile_w"];
  OnePe one(input, input["K"], 1);
  for (const std::int64_t place : input["act_positions"].get<Numbers>()) one.activation(place / 6, place % 6);
  for (const std::int64_t k : input["weight_channels"].get<Numbers>()) one.weight(k, 0, 0);
  const auto [clocked, event] = one.layer.run_on(one.words);
  for (const LayerRun* run : {&clocked, &event}) {
    EXPECT_EQ(run->counts.at("wfifo.read"), expected["vector_pairs"].get<std::int64_t>());
    EXPECT_EQ(run->counts.at("mult.idle"), expected["idle_slots"].get<std::int64_t>());
    EXPECT_EQ(run->macs_performed, expected["useful_products"].get<std::int64_t>());
    EXPECT_EQ(run->processing_cycles, expected["cycles_bank_stall"].get<std::int64_t>());
  }
  one.layer.array().fillers_take_slots = false;
  const auto [without, event_without] = one.layer.run_on(one.words);
  for (const LayerRun* run : {&without, &event_without}) {
    EXPECT_EQ(run->counts.at("wfifo.read"), expected["vector_pairs_without_fillers"].get<std::int64_t>());
    EXPECT_EQ(run->processing_cycles, expected["cycles_bank_stall_without_fillers"].get<std::int64_t>());
  }
}

TEST(CartesianVectors, BanksAreThoseOfTheWorkedCase) {
  json expected;
  const json input = input_of("scnn-bank-map", expected);
  Numbers banks;
  for (const json& kxy : input["kxy"]) banks.push_back(CartesianShape().bank(kxy[0], kxy[1], kxy[2]));
  EXPECT_EQ(banks, expected["bank"].get<Numbers>());
}

TEST(CartesianVectors, ABarrierAfterEveryChannelCostsMoreThanOneAfterTheGroup) {
  json expected;
  const json input = input_of("scnn-barrier", expected);
  CartesianLayer layer(1, 2);
  layer.array().bank_model = "ideal";
  layer.shape.C = 2;
  layer.shape.H = 1;
  layer.shape.W = 16;  // a tile of 8 for each PE
  layer.shape.M = layer.map().m = layer.map().k = 16;
  CartesianLayer::Words words = layer.zeros();
  for (std::int64_t channel = 0; channel < 2; ++channel) {
    for (std::int64_t pe = 0; pe < 2; ++pe) {
      for (std::int64_t i = 0; i < input["nA"][static_cast<std::size_t>(pe)][static_cast<std::size_t>(channel)]; ++i) {
        at(words.ifmaps[0], channel * 16 + pe * 8 + i) = 1;
      }
    }
    for (std::int64_t k = 0; k < input["nW"][static_cast<std::size_t>(channel)]; ++k) {
      at(words.filters, k * 2 + channel) = 1;
    }
  }
  for (const char* barrier : {"group", "channel"}) {
    layer.array().barrier = barrier;
    const auto [clocked, event] = layer.run_on(words);
    const std::int64_t cycles = expected[std::string(barrier) + "_barrier"];
    EXPECT_EQ(clocked.processing_cycles, cycles);
    EXPECT_EQ(event.processing_cycles, cycles);
    EXPECT_GE(cycles, expected["lower_bound"].get<std::int64_t>());
  }
}

class CartesianHalos : public testing::TestWithParam<const char*> {};

TEST_P(CartesianHalos, AreThoseOfTheWorkedCase) {
  json expected;
  const json input = input_of(GetParam(), expected);
  LayerShape shape;
  shape.R = input["R"];
  shape.S = input["S"];
  shape.P = input["pad"];
  shape.U = input.value("stride", 1);
  // 8 tiles of that size and no word too many.
  const auto side = [&shape](std::int64_t tile, std::int64_t filter) {
    return (8 * tile - filter) / shape.U * shape.U + filter - 2 * shape.P;
  };
  shape.W = side(input["tile_w"], shape.S);
  shape.H = side(input["tile_h"], shape.R);
  const CartesianGrid grid(CartesianShape(), shape, shape.E());
  ASSERT_EQ(grid.rows.tile(), input["tile_h"].get<std::int64_t>());
  EXPECT_EQ(grid.halo_sums(), expected["psums_sent_per_channel"].get<std::int64_t>());
  EXPECT_EQ(grid.largest_region(), expected["largest_region"].get<std::int64_t>());
  const std::int64_t k = input["Kc"];
  EXPECT_EQ(k * grid.largest_region(), expected["halo_cycles"].get<std::int64_t>());
  EXPECT_EQ(k * grid.sums_per_channel(), expected["acc_entries_needed"].get<std::int64_t>());
}

INSTANTIATE_TEST_SUITE_P(Worked, CartesianHalos,
                         testing::Values("scnn-halo-3x3", "scnn-halo-5x5", "scnn-halo-1x1", "scnn-halo-stride4"),
                         [](const auto& one) { return "Case" + std::to_string(one.index); });

TEST(CartesianVectors, GroupsOfAlexNetAreAsLargeAsTheAccumulators) {
  json expected;
  const json input = input_of("scnn-kc-alexnet", expected);
  Numbers most;
  Numbers groups;
  Numbers reach;
  for (const json& one : input["layers"]) {
    CartesianLayer layer;
    layer.shape.R = layer.shape.S = one["R"];
    layer.shape.U = one["U"];
    layer.shape.H = layer.shape.W = one["X"];  // with padding
    layer.shape.M = one["K_per_group"];
    const MappingContext context = layer.context();
    const CartesianGrid grid(CartesianShape(), layer.shape, layer.shape.E());
    reach.push_back(grid.rows.held());
    most.push_back(most_in_group(context, layer.shape.E()));
    groups.push_back(ceil_div(layer.shape.M, most.back()));
  }
  EXPECT_EQ(reach, expected["reach"].get<Numbers>());
  EXPECT_EQ(most, expected["Kc"].get<Numbers>());
  EXPECT_EQ(groups, expected["groups"].get<Numbers>());
}

TEST(CartesianVectors, DrainsOverlapTheNextGroup) {
  json expected;
  const json input = input_of("scnn-drain", expected);
  const auto compute = input["compute"].get<Numbers>();
  const auto drain = input["drain"].get<Numbers>();
  for (const bool overlaps : {true, false}) {
    std::int64_t drained = -1;
    std::int64_t start = 0;
    for (std::size_t group = 0; group < compute.size(); ++group) {
      const CartesianPassEnd ends = end_of_pass(start + compute[group] - 1, drained, drain[group], overlaps);
      drained = ends.end;
      start = ends.next;
    }
    EXPECT_EQ(drained + 1, expected[overlaps ? "total_overlap" : "total_no_overlap"].get<std::int64_t>());
  }
}

TEST(CartesianVectors, ARunLengthStreamHasPlaceholdersWhereTheArrayCountsThem) {
  json expected;
  const json input = input_of("scnn-format", expected);
  const auto stream = input["stream"].get<std::vector<StoredWord>>();
  std::int64_t entries = 0;
  std::int64_t zeros = 0;
  for (const StoredWord word : stream) {
    if (word != 0) {
      entries += 1 + CartesianShape().fillers(zeros);
      zeros = 0;
    } else {
      ++zeros;
    }
  }
  const std::int64_t bits = expected["bits"];
  EXPECT_EQ(entries * 20, bits);
  CodecParameters widths;
  widths.run_bits = 4;
  widths.word_bits = 20;
  const Codec& codec = *Registry<Codec>::instance().find("zero_run");
  EXPECT_GE(codec.word_count(widths, stream) * widths.word_bits, bits);
}

}  // namespace
}  // namespace lacuna::test
