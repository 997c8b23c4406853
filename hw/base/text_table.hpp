// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// A table of texts with columns as wide as they need; the first `left` columns are flush left, the others right.
class TextTable {
 public:
  TextTable(std::vector<std::string> head, std::size_t left) : left_(left) { rows_.push_back(std::move(head)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// Head, a rule, rows, and another rule before the last `totals_rows` rows (none for 0).
  std::string text(std::size_t totals_rows) const;

 private:
  std::size_t left_;
  std::vector<std::vector<std::string>> rows_;
};

/// "12.30" for (12.3, 2).
std::string fixed(double value, int decimals);

}  // namespace lacuna
