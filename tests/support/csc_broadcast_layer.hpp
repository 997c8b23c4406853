// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/csc_broadcast/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A product of a matrix and vectors on a csc_broadcast array, for tests that give its words themselves: weights are
/// codes that are worth what they say, there is no shift, no bias and no ReLU, and the mapping is the default one.
struct CscBroadcastLayer : LayerCase {
  CscBroadcastLayer(std::int64_t pes, std::int64_t rows, std::int64_t columns) : LayerCase("csc_broadcast") {
    shape.M = rows;
    shape.C = columns;
    weight_bits = 4;
    relu = false;
    chip.mac.kind = "codebook_lookup";
    array().pe_count = pes;
  }

  CscBroadcastConfig& array() { return static_cast<CscBroadcastConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  CscBroadcastMapping& map() {
    if (!mapping) mapping = std::make_unique<CscBroadcastMapping>();
    return static_cast<CscBroadcastMapping&>(*mapping);
  }

  /// Runs one level. `matrix` is row by row.
  LayerRun run_on(bool clocked, const std::vector<StoredWord>& matrix, const std::vector<StoredWord>& vector) const {
    Words words;
    words.ifmaps = {vector};
    words.filters = matrix;
    words.biases.assign(static_cast<std::size_t>(shape.M), 0);
    const std::unique_ptr<LayerSchedule> cut = schedule();
    LayerJob whole = job(*cut, words);
    whole.mac.codebook.clear();
    for (Word code = 0; code < Word{1} << weight_bits; ++code) whole.mac.codebook.push_back(code);
    RunHooks hooks;
    hooks.record = true;
    return clocked ? run_clocked(chip, whole, hooks) : lacuna::run_event(chip, whole, hooks);
  }
};

/// T of a pass: its edges without the constant latency.
inline std::int64_t busy_cycles(const PassRecord& pass, const CscBroadcastConfig& array) {
  return pass.end - pass.start + 1 - array.latency();
}

}  // namespace lacuna::test
