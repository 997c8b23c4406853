// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <string>

namespace lacuna {

/// The shortest decimals that read back to the same double, as in every file that is written. `value` is finite.
inline std::string shortest_decimal(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

}  // namespace lacuna
