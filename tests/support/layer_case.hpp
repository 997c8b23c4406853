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
  std::int64_t right_shift = 0;  ///< of psum and bias, in post-processing
  bool relu = true;
  bool network_input = false;
  int zero_percent = 50;
  std::uint64_t seed = 1;

  RowStationaryConfig& array() { return static_cast<RowStationaryConfig&>(chip.array.part()); }
  MappingContext context() const { return mapping_context(chip, shape, weight_bits, activation_bits); }
  /// The layer cut into passes by the mapping, or by the default one.
  std::unique_ptr<LayerSchedule> schedule() const;

  struct Words {
    std::vector<std::vector<StoredWord>> ifmaps;
    std::vector<StoredWord> filters;
    std::vector<std::int64_t> biases;
  };
  Words words() const;
  /// What the chip receives; owns neither schedule nor words.
  LayerJob job(const LayerSchedule& schedule, const Words& words) const;

  /// Runs the clocked model.
  LayerRun run(RunHooks hooks = {}) const;
  /// Runs the event model.
  LayerRun run_event(RunHooks hooks = {}) const;
  /// The ofmap by plain loops, N x M x E x F. Psums that saturate are summed in the order that the schedule states.
  std::vector<StoredWord> expected() const;

 private:
  Arithmetic arithmetic() const { return {product_shift, chip.mac.accumulator_bits, chip.mac.overflow == "saturate"}; }
  PostArithmetic post() const { return {right_shift, activation_bits, relu}; }
  Word psum(const Words& words, const std::vector<std::int64_t>& taps, std::int64_t image, std::int64_t m,
            std::int64_t y, std::int64_t x) const;
};

}  // namespace lacuna::test
