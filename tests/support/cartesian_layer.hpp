// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/cartesian_product/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a Cartesian-product array, for tests that set this array's own parameters.
struct CartesianLayer : LayerCase {
  CartesianLayer() : LayerCase("cartesian_product") {
    chip.global_buffer.banks = 65536;
    chip.global_buffer.filter_banks = 65536;
    chip.mac.accumulator_bits = 24;
  }
  CartesianLayer(std::int64_t rows, std::int64_t columns) : CartesianLayer() {
    array().rows = rows;
    array().columns = columns;
  }

  CartesianConfig& array() { return static_cast<CartesianConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  CartesianMapping& map() {
    if (!mapping) mapping = std::make_unique<CartesianMapping>();
    return static_cast<CartesianMapping&>(*mapping);
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
  /// Both levels on given words: the clocked run, which the event run equals in its cycles and counts.
  std::pair<LayerRun, LayerRun> run_on(const Words& given) const {
    const std::unique_ptr<LayerSchedule> cut = schedule();
    RunHooks clocked;
    RunHooks event;
    return {run_clocked(chip, job(*cut, given), clocked), lacuna::run_event(chip, job(*cut, given), event)};
  }
};

}  // namespace lacuna::test
