// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace lacuna {

/// PEs of an array that lie in any of several corners of it, all at row 0 and column 0.
class CornerUnion {
 public:
  explicit CornerUnion(std::int64_t rows) : columns_(static_cast<std::size_t>(rows), 0) {}

  void add(std::int64_t rows, std::int64_t columns) {
    for (std::int64_t row = 0; row < rows; ++row) add_row(row, columns);
  }
  /// The first PEs of one row.
  void add_row(std::int64_t row, std::int64_t columns) {
    std::int64_t& covered = columns_[static_cast<std::size_t>(row)];
    pes_ += std::max<std::int64_t>(columns - covered, 0);
    covered = std::max(covered, columns);
  }
  std::int64_t pes() const { return pes_; }

 private:
  std::vector<std::int64_t> columns_;  ///< covered, of each row
  std::int64_t pes_ = 0;
};

}  // namespace lacuna
