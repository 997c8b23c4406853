// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/array/row_stationary/config.hpp"
#include "hw/chip/accelerator.hpp"

namespace lacuna::test {

/// A chip and one layer with seeded words, ready to run, and the ofmap that plain loops give.
struct LayerCase {
  LayerCase() { chip.array.select("row_stationary"); }

  ChipConfig chip;
  LayerShape shape;
  RowStationaryMapping mapping;
  bool default_mapping = true;
  std::int64_t weight_bits = 16;
  std::int64_t activation_bits = 16;
  std::int64_t product_shift = 0;
  bool relu = true;
  bool network_input = false;
  int zero_percent = 50;
  std::uint64_t seed = 1;

  RowStationaryConfig& array() { return static_cast<RowStationaryConfig&>(chip.array.part()); }
  /// Runs the clocked model.
  LayerRun run(RunHooks hooks = {}) const;
  /// The ofmap by plain loops, N x M x E x F, wrapping psums.
  std::vector<Word> expected() const;

 private:
  struct Words {
    std::vector<std::vector<Word>> ifmaps;
    std::vector<Word> filters;
    std::vector<std::int64_t> biases;
  };
  Words words() const;
  PostArithmetic post() const { return {0, activation_bits, relu}; }
};

}  // namespace lacuna::test
