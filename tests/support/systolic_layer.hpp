// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/systolic/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a systolic array, for tests that set this array's own parameters.
struct SystolicLayer : LayerCase {
  SystolicLayer() : LayerCase("systolic") {}
  SystolicLayer(std::int64_t rows, std::int64_t columns, const std::string& dataflow) : SystolicLayer() {
    array().rows = rows;
    array().columns = columns;
    array().dataflow = dataflow;
  }

  SystolicConfig& array() { return static_cast<SystolicConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  SystolicMapping& map() {
    if (!mapping) mapping = std::make_unique<SystolicMapping>();
    return static_cast<SystolicMapping&>(*mapping);
  }
  /// Room for whole layers in the global buffer.
  void widen_buffer() {
    chip.global_buffer.banks = 65536;
    chip.global_buffer.filter_banks = 65536;
  }
};

/// 1 x 1 filters on a 1 x P ifmap: M filters, K = C taps, P pixels.
inline SystolicLayer product(std::int64_t filters, std::int64_t taps, std::int64_t pixels, std::int64_t rows,
                             std::int64_t columns, const std::string& dataflow) {
  SystolicLayer layer(rows, columns, dataflow);
  layer.shape = {1, filters, taps, 1, 1, pixels, 1, 1, 1, 0};
  layer.widen_buffer();
  layer.chip.dram_link.clock_khz = 10'000'000;  // 50 words a cycle of 200 MHz
  return layer;
}

}  // namespace lacuna::test
