// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace lacuna {

/// Parses one JSON value (RFC 8259) and nothing else. Refuses what parsers often let pass: duplicate keys, comments,
/// trailing commas, NaN, numbers that no double holds, nesting deeper than 64 levels, anything after the value.
/// Throws Error (bad_input) "ORIGIN: line L, column C: problem".
nlohmann::json parse_strict(const std::string& text, const std::string& origin);

}  // namespace lacuna
