// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/event/recurrence.hpp"

#include <algorithm>

namespace lacuna {

namespace {

constexpr std::size_t kPatternBits = 8;
constexpr std::size_t kPatterns = std::size_t{1} << kPatternBits;
constexpr std::size_t kFewWindows = 32;  // for which tables do not pay

}  // namespace

DualCscWalk::DualCscWalk(const DualCscTimingParameters& parameters, const std::vector<DualCscColumn>& columns,
                         std::int64_t pes, std::int64_t stride, std::int64_t taps)
    : parameters_(parameters), pes_(static_cast<std::size_t>(pes)), taps_(static_cast<std::size_t>(taps)) {
  gain_.reserve(pes_ * taps_);
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for (std::int64_t pe = 0; pe < pes; ++pe) {
      const std::int64_t edges = parameters.column_edges(columns[static_cast<std::size_t>(tap * stride + pe)]);
      gain_.push_back(static_cast<std::int32_t>(edges - parameters.empty_column_edges));
    }
  }
}

/// Each pattern is that without its lowest bit, and the tap of that bit.
void DualCscWalk::fill_tables() {
  tables_.assign((taps_ + kPatternBits - 1) / kPatternBits, Table(kPatterns * pes_, 0));
  for (std::size_t first = 0; first < taps_; first += kPatternBits) {
    Table& table = tables_[first / kPatternBits];
    const std::size_t patterns = std::size_t{1} << std::min(kPatternBits, taps_ - first);
    for (std::size_t pattern = 1; pattern < patterns; ++pattern) {
      const std::int32_t* const rest = table.data() + (pattern & (pattern - 1)) * pes_;
      const auto tap = first + static_cast<std::size_t>(__builtin_ctzll(pattern));
      for (std::size_t pe = 0; pe < pes_; ++pe) table[pattern * pes_ + pe] = rest[pe] + gain_[tap * pes_ + pe];
    }
  }
}

void DualCscWalk::work_on(std::uint64_t live) {
  std::fill(work_.begin(), work_.end(),
            static_cast<std::int32_t>(static_cast<std::int64_t>(taps_) * parameters_.empty_column_edges));
  if (tables_.empty()) {
    for (; live != 0; live &= live - 1) {
      const std::int32_t* const gain = gain_.data() + static_cast<std::size_t>(__builtin_ctzll(live)) * pes_;
      for (std::size_t pe = 0; pe < pes_; ++pe) work_[pe] += gain[pe];
    }
    return;
  }
  for (const Table& table : tables_) {
    const std::int32_t* const edges = table.data() + (live % kPatterns) * pes_;
    for (std::size_t pe = 0; pe < pes_; ++pe) work_[pe] += edges[pe];
    live >>= kPatternBits;
  }
}

DualCscEdges DualCscWalk::through(const DualCscWindows& windows, std::int64_t most_rows) {
  if (windows.live.size() > kFewWindows) fill_tables();
  work_.assign(pes_, 0);
  const std::int64_t exchange = ceil_div(most_rows, parameters_.psums_per_edge);
  std::vector<std::int64_t> fill;  // by non-zeros of a window
  for (std::size_t iacts = 0; iacts <= taps_; ++iacts) {
    fill.push_back(std::max(ceil_div(static_cast<std::int64_t>(iacts), parameters_.iacts_per_edge), exchange));
  }
  DualCscEdges edges;
  edges.end.assign(pes_, -1);
  std::vector<std::int64_t> last(static_cast<std::size_t>(parameters_.windows), -1);  // of the windows before
  std::size_t held = 0;
  std::int64_t filled = -1;
  for (const std::uint64_t live : windows.live) {
    work_on(live);
    filled = std::max(filled, last[held]) + fill[static_cast<std::size_t>(__builtin_popcountll(live))];
    const std::int64_t seen = filled + parameters_.fill_edges;
    std::int64_t latest = 0;
    for (std::size_t pe = 0; pe < pes_; ++pe) {
      std::int64_t& end = edges.end[pe];
      end = std::max(std::max(seen, end + 1) + work_[pe] - 1, seen);
      latest = std::max(latest, end);
    }
    last[held] = latest;
    held = held + 1 == last.size() ? 0 : held + 1;
    edges.last = latest;
  }
  return edges;
}

}  // namespace lacuna
