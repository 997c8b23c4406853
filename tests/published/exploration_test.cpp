// SPDX-License-Identifier: Apache-2.0
// AlexNet's conv layers on Eyeriss with other arrays and buffers, at the prices to explore with: what is biggest does
// not win by being biggest. configs/energy/README.md shows the same figures.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/engine/engine.hpp"
#include "sim/result/totals.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

/// Conv layers of AlexNet with fields of the chip set.
class Exploration : public testing::Test {
 protected:
  /// Energy, chip and DRAM, in uJ.
  double energy_uj(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::vector<Override> overrides = {{"/chip", R"("eyeriss")", "test"},
                                       {"/network", R"("alexnet")", "test"},
                                       {"/energy", R"("generic_45nm")", "test"},
                                       {"/run/mapping", R"("default")", "test"},
                                       {"/run/check_values", "false", "test"},
                                       {"/run/layers", R"(["conv1", "conv2", "conv3", "conv4", "conv5"])", "test"}};
    for (const auto& [pointer, value] : fields) overrides.push_back({pointer, value, "test"});
    EngineHooks hooks;
    hooks.cache = &cache_;
    const RunResult result =
        run_experiment(compose({JsonDocument(nlohmann::json::object(), "test"), overrides, {}}), hooks);
    return totals_of(result.layers, LayerChoice::conv_layers).energy_total_pj / 1e6;
  }

 private:
  ScratchFolder folder_;
  ValuesCache cache_{folder_.path()};
};

TEST_F(Exploration, TheLargestArrayDoesNotWinByDefault) {
  const double eyeriss = energy_uj({});  // 12 x 14
  EXPECT_LT(eyeriss, energy_uj({{"/chip/array/rows", "16"}, {"/chip/array/columns", "16"}}));
  EXPECT_LT(eyeriss, energy_uj({{"/chip/array/rows", "24"}, {"/chip/array/columns", "28"}}));
}

TEST_F(Exploration, NeitherTheSmallestNorTheLargestBufferWinsByDefault) {
  const double eyeriss = energy_uj({});  // 25 banks and 2 for filters, 108 kB
  EXPECT_LT(eyeriss, energy_uj({{"/chip/global_buffer/banks", "12"}}));
  EXPECT_LT(eyeriss, energy_uj({{"/chip/global_buffer/banks", "100"}}));
}

}  // namespace
}  // namespace lacuna
