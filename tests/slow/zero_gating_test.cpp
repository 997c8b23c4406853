// SPDX-License-Identifier: Apache-2.0
// Whole AlexNet at batch 4 without zero-gating takes exactly the cycles of the committed results, which are with it.
#include <gtest/gtest.h>

#include "sim/engine/engine.hpp"
#include "tests/support/golden_result.hpp"

namespace lacuna {
namespace {

TEST(ZeroGating, ChangesNoCycleOfAlexNetAndSavesEnergy) {
  const JsonDocument document = JsonDocument::parse(
      R"({"chip": "eyeriss", "network": "alexnet",
          "run": {"batch": 4, "stimulus": "eyeriss_table_v", "mapping": "table_iii", "weights": "synthetic"}})",
      "test");
  const Experiment experiment = compose({document, {{"/chip/array/gate_on", "\"none\"", "no gating"}}, {}});
  const RunResult result = run_experiment(experiment, {});
  ASSERT_EQ(result.layers.size(), 5U);
  for (const LayerResult& ungated : result.layers) {
    const GoldenLayer gated = golden_layer("table_iii", ungated.name);
    EXPECT_EQ(ungated.processing_cycles, gated.processing_cycles) << ungated.name;
    EXPECT_EQ(ungated.total_cycles, gated.total_cycles) << ungated.name;
    EXPECT_EQ(ungated.macs_performed, ungated.macs_total) << ungated.name;
    EXPECT_GT(ungated.energy_chip_pj, gated.energy_chip_pj) << ungated.name;
  }
}

}  // namespace
}  // namespace lacuna
