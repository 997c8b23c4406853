// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "hw/base/error.hpp"
#include "sim/result/layers_csv.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

/// `tiny` on `eyeriss`, conv layers alone, with overrides.
Experiment tiny(const std::vector<std::string>& sets = {}, const std::string& level = "clocked") {
  Request request{JsonDocument(nlohmann::json::object(), "test"), {}, {}};
  for (const char* set : {"/chip=eyeriss", "/network=tiny", R"(/run/layers=["conv1","conv2","conv3","conv4"])"}) {
    request.overrides.push_back(parse_override(set));
  }
  request.overrides.push_back(parse_override("/run/level=" + level));
  for (const std::string& set : sets) request.overrides.push_back(parse_override(set));
  return compose(request);
}

TEST(Engine, EveryRunComparesTheOfmapInDramWithTheExactIntegerLayer) {
  const RunResult result = run_experiment(tiny(), {});
  ASSERT_EQ(result.layers.size(), 7U);  // conv1, norm1, conv2, pool2, conv3, pool3, conv4
  EXPECT_EQ(result.layers[0].macs_performed + result.layers[0].macs_gated,
            21600);  // 8 x 6 x 6 outputs x 3 x 5 x 5 taps
}

TEST(Engine, ABitFlippedOnAnyWayFailsTheRunWithTheWordThatDiffers) {
  const auto message_with = [](FaultSite Faults::*site) {
    EngineHooks hooks;
    (hooks.faults.*site).arm(50, 14);
    // Dense streams: a run-length decoder would refuse a damaged stream before its words are used.
    Experiment experiment = tiny({"/chip/codec/feature_map=dense"});
    experiment.run.layers = {"conv1"};
    return error_of([&] { run_experiment(experiment, hooks); });
  };
  for (FaultSite Faults::*site : {&Faults::dram_word, &Faults::global_buffer_read, &Faults::filter_path,
                                  &Faults::psum_link, &Faults::output_fifo}) {
    EXPECT_NE(message_with(site).find("layer conv1: the ofmap in DRAM differs from the exact layer: image 0"),
              std::string::npos)
        << message_with(site);
  }
}

TEST(Engine, WithoutTheComparisonADamagedRunGoesThroughAndSaysSo) {
  EngineHooks hooks;
  hooks.faults.output_fifo.arm(50, 14);
  const RunResult result = run_experiment(tiny({"/run/check_values=false"}), hooks);
  EXPECT_EQ(result.labels.back(), "values: not compared with the exact layers");
}

TEST(Engine, TheEventLevelSeesABitThatFlipsOnTheWayFromDram) {
  EngineHooks hooks;
  hooks.faults.dram_word.arm(50, 14);
  Experiment experiment = tiny({"/chip/codec/feature_map=dense"}, "event");
  experiment.run.layers = {"conv1"};
  const std::string message = error_of([&] { run_experiment(experiment, hooks); });
  EXPECT_NE(message.find("layer conv1: the ofmap in DRAM differs from the exact layer: image 0"), std::string::npos)
      << message;
}

TEST(Engine, TheEventLevelCanTakeTheOfmapsOfTheExactLayersAndSaysSo) {
  const RunResult computed = run_experiment(tiny({}, "event"), {});
  const RunResult taken = run_experiment(tiny({"/run/check_values=false"}, "event"), {});
  EXPECT_EQ(layers_csv(taken.layers), layers_csv(computed.layers));
  EXPECT_EQ(pes_csv(taken.pes), pes_csv(computed.pes));
  EXPECT_EQ(taken.labels.back(), "values: ofmaps are those of the exact layers, the array computed none");
}

TEST(Engine, PricesOfAnotherNodeThanTheChipsAreLabelled) {
  const auto labels = [](const std::vector<std::string>& sets) {
    Experiment experiment = tiny(sets);
    experiment.run.layers = {"conv1"};
    return run_experiment(experiment, {}).labels;
  };
  EXPECT_EQ(labels({"/energy=generic_45nm"}).back(), "energy: prices of 45 nm on a chip of 65 nm, not scaled");
  EXPECT_EQ(labels({"/energy=generic_45nm", "/chip/node_nm=45"}), labels({}));
}

TEST(Engine, ALayerAloneGivesTheFiguresThatItGivesInTheWholeNetwork) {
  const RunResult all = run_experiment(tiny(), {});
  Experiment one = tiny();
  one.run.layers = {"conv3"};
  const RunResult alone = run_experiment(one, {});
  EXPECT_EQ(alone.layers.back().counts, all.layers[4].counts);
  EXPECT_EQ(alone.layers.back().output_sha256, all.layers[4].output_sha256);
}

TEST(Engine, ASaturatingMacIsExactInTheOrderOfTheMachine) {
  const RunResult result = run_experiment(tiny({"/chip/mac/overflow=saturate"}), {});
  EXPECT_EQ(result.layers.size(), 7U);
}

TEST(Engine, TheEventLevelGivesTheResultOfTheClockedOne) {
  const RunResult clocked = run_experiment(tiny({"/run/batch=3"}), {});
  const RunResult event = run_experiment(tiny({"/run/batch=3"}, "event"), {});
  EXPECT_EQ(layers_csv(clocked.layers), layers_csv(event.layers));
  EXPECT_EQ(pes_csv(clocked.pes), pes_csv(event.pes));
}

/// Figures of conv2 with a share of all weights pruned, where weights that are zero gate.
LayerResult pruned_conv2(const std::string& chip, const std::string& gate_on, double share, const std::string& level) {
  Request request{JsonDocument(nlohmann::json::object(), "test"), {}, {}};
  for (const std::string& set :
       {"/chip=" + chip, std::string("/network=tiny"), std::string("/run/extrapolate=true"), "/run/level=" + level,
        std::string(R"(/run/layers=["conv2"])"), "/chip/array/gate_on=" + gate_on,
        "/network/synthetic_weights/zero_share=" + std::to_string(share)}) {
    request.overrides.push_back(parse_override(set));
  }
  const RunResult result = run_experiment(compose(request), {});
  const auto conv2 = std::find_if(result.layers.begin(), result.layers.end(),
                                  [](const LayerResult& layer) { return layer.name == "conv2"; });
  return *conv2;
}

TEST(Engine, PrunedWeightsGateTheirMacsAtBothLevelsOfEveryArray) {
  for (const std::string chip : {"eyeriss", "systolic_32"}) {
    for (const std::string gate_on : {"weight", "either"}) {
      const LayerResult dense = pruned_conv2(chip, gate_on, 0.0, "event");
      const LayerResult event = pruned_conv2(chip, gate_on, 0.7, "event");
      const LayerResult clocked = pruned_conv2(chip, gate_on, 0.7, "clocked");
      // floor(0.7 x 12 x 4 x 3 x 3) = 302 of 432 weights; none of the others is small enough to round to zero.
      EXPECT_EQ(event.weight_zero_fraction, 302.0 / 432.0) << chip;
      EXPECT_GT(event.macs_gated, dense.macs_gated) << chip << " " << gate_on;
      EXPECT_EQ(event.macs_gated, clocked.macs_gated) << chip << " " << gate_on;
      EXPECT_EQ(event.counts, clocked.counts) << chip << " " << gate_on;
      EXPECT_EQ(event.processing_cycles, dense.processing_cycles) << "gating saves energy, no cycles";
    }
  }
}

TEST(Engine, PrunedWeightsWithCalibratedBiasesSayThatTheZeroSharesAreOthers) {
  const auto label = [](const std::vector<std::string>& sets) {
    Experiment experiment = tiny(sets, "event");
    experiment.run.layers = {"conv1"};
    return run_experiment(experiment, {}).labels.front();
  };
  EXPECT_EQ(label({}), "weights: synthetic:laplace,seed=1, biases calibrated on tiny.png");
  EXPECT_EQ(
      label({"/network/synthetic_weights/zero_share=0.25"}),
      "weights: synthetic:laplace,seed=1, zero share 0.25 by magnitude pruning, biases calibrated on tiny.png with "
      "other weights: the zero shares are not the calibrated ones");
  EXPECT_EQ(label({"/network/synthetic_weights/zero_share=0.25", "/network/synthetic_weights/biases="}),
            "weights: synthetic:laplace,seed=1, zero share 0.25 by magnitude pruning, zero biases");
}

TEST(Engine, EveryPeOfTheArrayIsAccountedForInEveryLayer) {
  const RunResult result = run_experiment(tiny(), {});
  ASSERT_EQ(result.pes.size(), 4U);
  const auto cycles = [](const PeResult& pe) {
    std::int64_t sum = pe.performed + pe.gated + pe.idle_cycles;
    return std::accumulate(pe.stall_cycles.begin(), pe.stall_cycles.end(), sum);
  };
  for (const LayerPes& layer : result.pes) {
    ASSERT_EQ(layer.pes.size(), 12U * 14U);
    for (const PeResult& pe : layer.pes) {
      EXPECT_EQ(cycles(pe), cycles(layer.pes.front())) << layer.layer << ", PE (" << pe.row << ", " << pe.column << ")";
    }
  }
}

}  // namespace
}  // namespace lacuna
