// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/pass.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/event_tile_writer.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its box: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct InnerProductTimingParameters : Described {
  InnerProductTimingParameters(const InnerProductShape& array, const WeightDecoderParameters& decoder)
      : shape(array), store(decoder) {}

  void describe(FieldVisitor& v) override;

  InnerProductShape shape;
  TileStoreTiming store;  ///< that filters come through, if they come from a decoder
};

}  // namespace lacuna
