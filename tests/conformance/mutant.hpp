// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hw/base/field.hpp"

namespace lacuna::test {

/// Paths ("/dram_link/bits") of all integer fields of a struct but those for people and those of plug-ins in it.
std::vector<std::string> integer_fields(Described& target);

/// Adds `delta` to one of them if its range allows it. Whether it did.
bool perturb_field(Described& target, const std::string& field, std::int64_t delta);

}  // namespace lacuna::test
