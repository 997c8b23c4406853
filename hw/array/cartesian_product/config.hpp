// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/cartesian_product/grid.hpp"
#include "hw/array/gating.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// The chip's section "array" for kind "cartesian_product".
struct CartesianConfig : ArrayConfig {
  std::int64_t rows = 8;
  std::int64_t columns = 8;
  std::int64_t filter_lanes = 4;
  std::int64_t ifmap_lanes = 4;
  std::int64_t accumulator_banks = 32;
  std::int64_t accumulator_entries = 1024;
  std::string bank_model = "stall";
  std::string barrier = "group";
  bool drain_overlap = true;
  bool fillers_take_slots = true;
  std::int64_t weight_fifo_entries = 50;
  std::int64_t run_bits = 4;
  bool dense = false;
  std::string gate_on = "none";

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<CartesianConfig>(*this); }
  /// Of multipliers: the filter lanes of all PEs of a column, by the ifmap lanes of all PEs of a row.
  ArraySize size() const override { return {rows * filter_lanes, columns * ifmap_lanes}; }

  Gating gating() const { return gating_of(gate_on); }
  /// The array as its parts want it.
  CartesianShape shape() const;
};

/// How a layer is cut into tiles and groups. A tile has all channels and one image.
struct CartesianMapping : TiledMapping {
  CartesianMapping() { c = 65536; }  // cut to the layer
  std::int64_t k = 1;                ///< ofmap channels of a group

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<CartesianMapping>(*this); }
};

/// The mapping with tiles and groups cut to what the layer has.
CartesianMapping cut_groups(const LayerShape& shape, const CartesianMapping& mapping);

}  // namespace lacuna
