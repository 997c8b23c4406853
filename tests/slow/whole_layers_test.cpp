// SPDX-License-Identifier: Apache-2.0
// Both levels agree on AlexNet's layers in full, on every shipped chip but those of too many PEs for it.
#include "tests/support/whole_layer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hw/array/mapping_space.hpp"
#include "sim/config/data_path.hpp"
#include "tests/support/level_comparison.hpp"

namespace lacuna::test {
namespace {

/// Some minutes of the clocked model, at some 36 million PE-cycles a second. Larger arrays are compared on smaller
/// layers.
constexpr std::int64_t kMostPeCycles = 6'000'000'000;
/// SystemC takes a simulation down in a time that grows with the square of its modules: minutes for 65,536 PEs.
constexpr std::int64_t kMostPes = 16384;

/// What the clocked model has to work through, by closed form.
std::int64_t pe_cycles_of(const LayerCase& c) {
  const ArrayKind& array = c.chip.array.array();
  const MappingContext context = c.context();
  const MappingCost cost = array.cost(context, c.mapping ? *c.mapping : *array.default_mapping(context));
  return cost.active_pes * cost.cycles;
}

/// The layers on all shipped chips that the clocked model can work through and take down.
std::vector<WholeLayer> comparable_layers(std::int64_t batch) {
  std::vector<WholeLayer> layers = whole_layers(data_names(DataKind::chip), batch);
  const auto too_large = [](const WholeLayer& layer) {
    const LayerCase c = whole_layer_case(layer);
    return c.chip.array.config().pes() > kMostPes || pe_cycles_of(c) > kMostPeCycles;
  };
  layers.erase(std::remove_if(layers.begin(), layers.end(), too_large), layers.end());
  return layers;
}

class WholeLayers : public testing::TestWithParam<WholeLayer> {};

TEST_P(WholeLayers, GiveTheSameEdgesCountsAndWordsAtBothLevels) {
  const LayerCase c = whole_layer_case(GetParam());
  const Outcome event = outcome_of([&c] { return c.run_event(); });
  ASSERT_EQ(event.error, "");
  const std::vector<std::string> lines = differences(outcome_of([&c] { return c.run(); }), event);
  EXPECT_TRUE(lines.empty()) << lines.size() << " differences (clocked, event), the first: " << lines.front() << "\n"
                             << to_json(c);
}

std::string name_of_param(const testing::TestParamInfo<WholeLayer>& info) { return name_of(info.param); }

INSTANTIATE_TEST_SUITE_P(Batch1, WholeLayers, testing::ValuesIn(comparable_layers(1)), name_of_param);
INSTANTIATE_TEST_SUITE_P(Batch4, WholeLayers, testing::ValuesIn(comparable_layers(4)), name_of_param);

}  // namespace
}  // namespace lacuna::test
