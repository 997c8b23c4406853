// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/gating.hpp"
#include "hw/array/systolic/pass.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// The chip's section "array" for kind "systolic".
struct SystolicConfig : ArrayConfig {
  std::int64_t rows = 16;
  std::int64_t columns = 16;
  std::string dataflow = "weight_stationary";
  std::string gate_on = "activation";
  bool double_buffered = false;

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<SystolicConfig>(*this); }
  ArraySize size() const override { return {rows, columns}; }

  Gating gating() const { return gating_of(gate_on); }
  /// With PEs that issue a MAC every cycle. Throws Error (bad_input) where the dataflow has no operand to
  /// double-buffer.
  SystolicArrayShape shape() const;
};

/// The array of a mapping's context, with MACs as fast as they are at its widths. Throws Error (bad_input) as shape(),
/// and where an issue does more than kMostSystolicMacs MACs.
SystolicArrayShape systolic_array(const MappingContext& context);

/// How a layer is cut into tiles that lie in the global buffer; folds follow from the size of the array.
struct SystolicMapping : TiledMapping {
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<SystolicMapping>(*this); }
};

}  // namespace lacuna
