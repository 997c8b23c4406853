// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/lane_skip/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a lane-skipping array, for tests that set this array's own parameters. Lanes skip in every layer.
struct LaneSkipLayer : LayerCase {
  LaneSkipLayer() : LayerCase("lane_skip") {
    chip.global_buffer.banks = 65536;
    chip.global_buffer.filter_banks = 65536;
  }
  LaneSkipLayer(std::int64_t units, std::int64_t neuron_lanes, std::int64_t filter_lanes, std::int64_t brick_channels)
      : LaneSkipLayer() {
    array().units = units;
    array().neuron_lanes = neuron_lanes;
    array().filter_lanes = filter_lanes;
    array().brick_channels = brick_channels;
  }

  LaneSkipConfig& array() { return static_cast<LaneSkipConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  LaneSkipMapping& map() {
    if (!mapping) mapping = std::make_unique<LaneSkipMapping>();
    return static_cast<LaneSkipMapping&>(*mapping);
  }

  /// Both levels on given words: the clocked run, which the event run equals in its cycles and counts.
  std::pair<LayerRun, LayerRun> run_on(const Words& given) const {
    const std::unique_ptr<LayerSchedule> cut = schedule();
    RunHooks clocked;
    RunHooks event;
    return {run_clocked(chip, job(*cut, given), clocked), lacuna::run_event(chip, job(*cut, given), event)};
  }
};

}  // namespace lacuna::test
