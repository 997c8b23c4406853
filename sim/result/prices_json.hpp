// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "sim/energy/prices.hpp"

namespace lacuna {

/// The prices of a run as result.json has them: every figure with its range, its source and what it may not be used
/// for.
nlohmann::ordered_json prices_json(const Prices& prices);

/// Area of the chip, by component and as a sum with its range; null where the tables state none. A part that words of
/// different widths use is as wide as the widest.
nlohmann::ordered_json area_json(const std::vector<Prices>& prices);

}  // namespace lacuna
