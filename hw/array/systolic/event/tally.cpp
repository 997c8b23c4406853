// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/tally.hpp"

#include <algorithm>

namespace lacuna {

SystolicMacs& SystolicTally::add(const SystolicFold& fold, const SystolicPassEdges& edges) {
  Corner& corner = corners_[{fold.rows, fold.columns}];
  SystolicMacs& macs = corner.macs;
  if (macs.by_row.empty()) {
    const auto rows = static_cast<std::size_t>(fold.rows);
    macs.by_row.assign(rows, 0);
    macs.by_column.assign(static_cast<std::size_t>(fold.columns), 0);
    macs.filler_by_row.assign(rows, 0);
    macs.filler_performed_by_row.assign(rows, 0);
  }
  link_ += edges.record.link_wait();
  edges_ = edges.record.end + 1;
  corner.busy += fold.busy();
  corner.issued += fold.macs();
  corner.load += edges.load;
  corner.skew += edges.compute - fold.busy();
  corner.weight += edges.weight;
  corner.link_until = link_;
  return macs;
}

SystolicPeCounts SystolicTally::counts_of(std::int64_t i, std::int64_t j) const {
  const auto row = static_cast<std::size_t>(i);
  const auto column = static_cast<std::size_t>(j);
  SystolicPeCounts counts;
  std::int64_t issued = 0;
  std::int64_t filler = 0;
  for (const auto& [size, corner] : corners_) {
    if (i >= size.first || j >= size.second) continue;
    const SystolicMacs& macs = corner.macs;
    issued += corner.issued;
    counts.busy += corner.busy;
    counts.load += corner.load;
    counts.skew += corner.skew;
    counts.weight += corner.weight;
    counts.link = std::max(counts.link, corner.link_until);
    counts.performed += macs.by_row[row] + macs.by_column[column];
    if (!macs.by_pe.empty()) counts.performed += macs.by_pe[row * macs.by_column.size() + column];
    filler += macs.filler_by_row[row];
    counts.filler_performed += macs.filler_performed_by_row[row];
  }
  counts.gated = issued - counts.performed;
  counts.filler_gated = filler - counts.filler_performed;
  counts.idle = edges_ - counts.busy - counts.load - counts.skew - counts.link - counts.weight;
  return counts;
}

std::vector<SystolicPeCounts> SystolicTally::pes() const {
  std::vector<SystolicPeCounts> all;
  all.reserve(static_cast<std::size_t>(array_.rows * array_.columns));
  for (std::int64_t i = 0; i < array_.rows; ++i) {
    for (std::int64_t j = 0; j < array_.columns; ++j) all.push_back(counts_of(i, j));
  }
  return all;
}

}  // namespace lacuna
