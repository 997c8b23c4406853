// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/pass.hpp"
#include "hw/base/field.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its box: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct InnerProductTimingParameters : Described {
  explicit InnerProductTimingParameters(const InnerProductShape& array) : shape(array) {}

  void describe(FieldVisitor& v) override;

  InnerProductShape shape;
};

}  // namespace lacuna
