// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/gating.hpp"
#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// The chip's section "array" for kind "row_stationary". Defaults are Eyeriss's (Chen et al., JSSC 52(1), 2017).
struct RowStationaryConfig : ArrayConfig {
  std::int64_t rows = 12;
  std::int64_t columns = 14;
  std::string gate_on = "activation";
  std::int64_t filter_spad_words = 224;
  std::int64_t ifmap_spad_words = 12;
  std::int64_t psum_spad_words = 24;
  std::int64_t filter_bus_bits = 64;
  std::int64_t ifmap_bus_bits = 16;
  std::int64_t psum_bus_bits = 64;
  std::int64_t ifmap_fifo_words = 4;
  std::int64_t psum_fifo_beats = 4;
  std::int64_t output_fifo_beats = 4;
  std::int64_t combine_cycles = 1;
  std::string pass_overlap = "after_last_multiply";
  std::string psum_order = "beat_major";
  std::string ifmap_order = "column_major";

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<RowStationaryConfig>(*this); }
  ArraySize size() const override { return {rows, columns}; }

  Gating gating() const { return gating_of(gate_on); }
  /// The units for words of these widths, with MACs that take one edge each. Throws Error (bad_input) where a bus
  /// carries no word of that width, or more than kMaxLanes, or a FIFO cannot hold what one beat may bring.
  RowStationaryUnits units(std::int64_t weight_bits, std::int64_t activation_bits, std::int64_t psum_bits) const;
};

/// The units of the context's array for its words and MACs. Throws as RowStationaryConfig::units.
RowStationaryUnits row_stationary_units(const MappingContext& context);

/// How a layer is cut into passes, in the letters of Eyeriss's Table III.
struct RowStationaryMapping : ArrayMapping {
  std::int64_t m = 1;  ///< ofmap channels whose psums are in the global buffer
  std::int64_t n = 1;  ///< images in a pass
  std::int64_t e = 1;  ///< ofmap rows of a strip: columns of a PE set
  std::int64_t p = 1;  ///< filters in a PE
  std::int64_t q = 1;  ///< channels in a PE
  std::int64_t r = 1;  ///< PE sets that stack channels
  std::int64_t t = 1;  ///< PE sets with different filters

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<RowStationaryMapping>(*this); }
};

}  // namespace lacuna
