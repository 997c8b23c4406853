// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/base/field.hpp"

namespace lacuna {

/// Which zero operands hold a MAC idle. Its cycle passes all the same.
struct Gating {
  bool on_activation = true;
  bool on_weight = false;
};

/// The field `gate_on`, the same on every array that gates.
inline FieldInfo gate_on_field() {
  return FieldInfo("gate_on", "zero operand that holds a MAC idle").one_of({"none", "activation", "weight", "either"});
}

/// What a value of that field says.
inline Gating gating_of(const std::string& gate_on) {
  return {gate_on == "activation" || gate_on == "either", gate_on == "weight" || gate_on == "either"};
}

}  // namespace lacuna
