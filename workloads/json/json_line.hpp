// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lacuna {

/// The line, from 1, on which the value at a JSON Pointer begins in a JSON text; 0 where the text has no such value.
/// The text is sound JSON: it has been parsed.
std::int64_t line_of(const std::string& text, const std::string& pointer);

}  // namespace lacuna
