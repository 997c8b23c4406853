// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "hw/base/field.hpp"

namespace lacuna {

/// All fields of a struct as a JSON object, defaults included: what load_fields reads back to an equal struct.
nlohmann::json echo_fields(const Described& source);

}  // namespace lacuna
