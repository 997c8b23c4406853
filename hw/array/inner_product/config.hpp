// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/gating.hpp"
#include "hw/array/inner_product/pass.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// The chip's section "array" for kind "inner_product".
struct InnerProductConfig : ArrayConfig {
  std::int64_t windows = 16;
  std::int64_t filters = 16;
  std::int64_t lanes = 16;
  std::string lanes_over = "channels";
  bool serial_fc = false;
  std::int64_t tree_latency = 0;
  std::string gate_on = "none";

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<InnerProductConfig>(*this); }
  /// Rows: lanes of all windows, window by window; columns: filters.
  ArraySize size() const override { return {windows * lanes, filters}; }

  Gating gating() const { return gating_of(gate_on); }
  /// With MACs of that rate.
  InnerProductShape shape(const MacRate& rate) const;
};

/// How a layer is cut into tiles that lie in the global buffer. A pass works on one of each kind.
struct InnerProductMapping : TiledMapping {
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<InnerProductMapping>(*this); }
};

/// The array of a context, at its widths.
InnerProductShape inner_product_shape(const MappingContext& context);

}  // namespace lacuna
