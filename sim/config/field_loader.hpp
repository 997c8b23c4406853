// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/base/field.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Sets the fields of `target` from an object, strictly: a key that names no field, a missing required field, a wrong
/// type, a number out of range or a text that is no choice throws Error (bad_input) with origin, pointer, what was
/// found, what is allowed and the nearest spelling. Fields that the object does not have keep the value they have.
/// `also_allowed` are keys that the caller reads itself.
void load_fields(const JsonView& view, Described& target, const std::vector<std::string>& also_allowed = {});

}  // namespace lacuna
