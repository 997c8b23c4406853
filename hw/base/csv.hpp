// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// A text between quotes, those in it doubled: as a cell of CSV, or a name or text of SQL.
inline std::string in_quotes(char quote, const std::string& text) {
  std::string result(1, quote);
  for (const char c : text) result += std::string(c == quote ? 2 : 1, c);
  return result + quote;
}

/// A text as a cell of CSV (RFC 4180, section 2): in quotes where it holds a comma, a quote or the end of a line.
inline std::string csv_cell(const std::string& text) {
  return text.find_first_of(",\"\r\n") == std::string::npos ? text : in_quotes('"', text);
}

}  // namespace lacuna
