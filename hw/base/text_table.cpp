// SPDX-License-Identifier: Apache-2.0
#include "hw/base/text_table.hpp"

#include <algorithm>
#include <cstdio>

namespace lacuna {

std::string TextTable::text(std::size_t totals_rows) const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::size_t width = 2 * (widths.size() - 1);
  for (const std::size_t w : widths) width += w;
  const std::string rule = std::string(width, '-') + "\n";

  std::string result;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (r == 1 || (totals_rows > 0 && r + totals_rows == rows_.size() && r > 1)) result += rule;
    std::string line;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      const std::string fill(widths[i] - rows_[r][i].size(), ' ');
      line += (i == 0 ? "" : "  ") + (i < left_ ? rows_[r][i] + fill : fill + rows_[r][i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    result += line + "\n";
  }
  return result;
}

std::string fixed(double value, int decimals) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return buffer;
}

}  // namespace lacuna
