// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace lacuna {

/// A text as HTML or XML has it, inside elements and quoted attributes: & < > " ' as entities; control characters,
/// which XML does not have, become U+FFFD.
std::string escaped(const std::string& text);

/// JSON that can stand inside <script>: no '<', '>', '&' and no line separators of JavaScript. Bytes that are not UTF-8
/// become U+FFFD. Reads back to the same value.
std::string script_json(const nlohmann::json& value);

/// A number for readers: integers below 1e15 with commas ("21,600"), others with four significant digits ("0.1478",
/// "8.745e+05"). "" for one that is not finite.
std::string readable(double value);

/// The same with four significant digits at most: "29,842" for 29841.8, "50.58". "" for one that is not finite.
std::string brief(double value);

}  // namespace lacuna
