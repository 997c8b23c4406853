// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/pass.hpp"

#include <algorithm>

namespace lacuna {

std::vector<std::int64_t> RowStationaryGrid::taken_rows(std::int64_t ev) const {
  std::vector<std::int64_t> taken;
  for (std::int64_t j = 0; j < ev; ++j) {
    for (std::int64_t i = 0; i < R; ++i) taken.push_back(row_of(i, j));
  }
  std::sort(taken.begin(), taken.end());
  taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
  return taken;
}

std::int64_t RowStationaryGrid::sent_rows(std::int64_t ev) const {
  if (D == 1) return U < R ? rows(ev) : ev * R;
  return static_cast<std::int64_t>(taken_rows(ev).size());
}

}  // namespace lacuna
