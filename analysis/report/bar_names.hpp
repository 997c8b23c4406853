// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

namespace lacuna {

/// How the names below bars are written in Vega-Lite: upright, slanted or standing, the more bars there are.
nlohmann::json bar_names_axis(std::size_t bars);

/// Whether so many bars can be told apart in a chart of half the page's width.
constexpr bool fit_half_width(std::size_t bars) { return bars <= 20; }

}  // namespace lacuna
