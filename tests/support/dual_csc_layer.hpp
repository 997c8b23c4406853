// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hw/array/dual_csc/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a dual_csc array, for tests that set this array's own parameters and give its words themselves: 8 bits,
/// no shift, no bias, no ReLU.
struct DualCscLayer : LayerCase {
  DualCscLayer() : LayerCase("dual_csc") {
    relu = false;
    weight_bits = activation_bits = 8;
    chip.mac.accumulator_bits = 20;
    chip.global_buffer.banks = 65536;
  }
  /// A product of a matrix of weights, rows x columns, and as many vectors as windows: filters of one word.
  DualCscLayer(std::int64_t rows, std::int64_t columns, std::int64_t windows) : DualCscLayer() {
    shape.M = rows;
    shape.C = columns;
    shape.W = windows;
  }

  DualCscConfig& array() { return static_cast<DualCscConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  DualCscMapping& map() {
    if (!mapping) mapping = std::make_unique<DualCscMapping>();
    return static_cast<DualCscMapping&>(*mapping);
  }
  /// The layer in one pass.
  void map_whole() {
    map().m = map().n = map().e = map().c = map().k = 65536;
    map().t = 64;
  }

  /// Words that are all zero, to be set by a test.
  Words zeros() const {
    Words words;
    words.ifmaps.assign(static_cast<std::size_t>(shape.N),
                        std::vector<StoredWord>(static_cast<std::size_t>(shape.ifmap_words()), 0));
    words.filters.assign(static_cast<std::size_t>(shape.filter_words()), 0);
    words.biases.assign(static_cast<std::size_t>(shape.M), 0);
    return words;
  }
  /// Both levels on given words: the clocked run, then the event run.
  std::vector<LayerRun> run_on(const Words& given) const {
    const std::unique_ptr<LayerSchedule> cut = schedule();
    RunHooks hooks;
    hooks.record = true;
    return {run_clocked(chip, job(*cut, given), hooks), lacuna::run_event(chip, job(*cut, given), hooks)};
  }
};

/// Cycles in which the MACs of a PE are on weights: the first one always has one then.
inline std::int64_t busy_cycles(const LayerRun& run, std::size_t pe) {
  const PeActivity& first = run.activity.pes.at(pe);
  return first.performed + first.gated;
}

}  // namespace lacuna::test
