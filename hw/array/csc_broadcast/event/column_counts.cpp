// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/column_counts.hpp"

#include <algorithm>
#include <limits>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/array/csc_broadcast/event/column_counts.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                              // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/array/csc_broadcast/event/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

/// Counts of a vector of PEs, with sums in the lanes of the fields: some broadcasts at a time, as many as never exceed
/// them.
template <class D>
struct VectorOfPes {
  using T = hn::TFromD<D>;
  using V = hn::VFromD<D>;
  using Fields = CscColumnFields<T>;
  /// Greater than any reach of the fields.
  static constexpr T kLongAgo = sizeof(T) == 1 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::max() / 2;

  const Fields& fields;
  std::size_t pe;
  std::size_t at_once;

  HWY_INLINE void count(Span<const std::int32_t> columns_of, CscColumnCounts& counts) const {
    const D d;
    const V one = hn::Set(d, 1);
    V age = hn::Set(d, kLongAgo);  // columns since the last one with entries
    std::int32_t before = 0;
    for (std::size_t from = 0; from < columns_of.size(); from += at_once) {
      V entries_sum = hn::Zero(d);
      V fillers = hn::Zero(d);
      V empties = hn::Zero(d);
      V row_reads = hn::Zero(d);
      const std::size_t to = std::min(from + at_once, columns_of.size());
      for (std::size_t i = from; i < to; ++i) {
        const std::int32_t column = columns_of[i];
        age = plus(d, age, hn::Set(d, static_cast<T>(std::min<std::int64_t>(column - before, kLongAgo))));
        before = column;
        const V entries = of(CscField::entries, column);
        const auto none = hn::Eq(entries, hn::Zero(d));
        entries_sum = hn::Add(entries_sum, entries);
        fillers = hn::Add(fillers, of(CscField::fillers, column));
        empties = hn::Add(empties, hn::IfThenElseZero(none, one));
        const auto buffered = at_least(of(CscField::reach, column), age);
        const V read_before = hn::IfThenZeroElse(none, hn::IfThenElseZero(buffered, one));
        row_reads = hn::Add(row_reads, hn::Sub(of(CscField::rows, column), read_before));
        age = hn::IfThenElseZero(none, age);
      }
      add(entries_sum, counts.entries);
      add(fillers, counts.fillers);
      add(empties, counts.empties);
      add(row_reads, counts.row_reads);
    }
  }

 private:
  HWY_INLINE V of(CscField field, std::int32_t column) const { return hn::LoadU(D(), fields.of(field, column) + pe); }
  HWY_INLINE void add(V sums, std::vector<std::int32_t>& counts) const {
    T lanes[hn::MaxLanes(D())];
    hn::StoreU(sums, D(), lanes);
    std::int32_t* const to = counts.data() + pe;
    for (std::size_t lane = 0; lane < hn::Lanes(D()); ++lane) to[lane] += static_cast<std::int32_t>(lanes[lane]);
  }
};

template <class D>
void count_all(const CscColumnFields<hn::TFromD<D>>& fields, std::int64_t most_entries,
               Span<const std::int32_t> columns_of, CscColumnCounts& counts) {
  const std::int64_t most = std::numeric_limits<hn::TFromD<D>>::max();
  const auto at_once = static_cast<std::size_t>(most / std::max<std::int64_t>(most_entries, 1));
  for (std::size_t pe = 0; pe < fields.lanes(); pe += hn::Lanes(D())) {
    VectorOfPes<D>{fields, pe, at_once}.count(columns_of, counts);
  }
}

void CountColumns(const CscColumns& tile, Span<const std::int32_t> columns_of, CscColumnCounts* counts) {
  if (!tile.narrow()) {
    count_all<FewLanes<std::int32_t>>(tile.wide_fields(), tile.most_entries(), columns_of, *counts);
  } else if (static_cast<std::size_t>(tile.lanes()) % kManyLanes == 0) {
    count_all<ManyLanes<std::uint8_t>>(tile.narrow_fields(), tile.most_entries(), columns_of, *counts);
  } else {
    count_all<FewLanes<std::uint8_t>>(tile.narrow_fields(), tile.most_entries(), columns_of, *counts);
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(CountColumns);

namespace {

/// Whether the entries that a PE has of a column begin in the row in which those of the one before end that it served.
bool begins_in_row(const CscColumns& tile, std::int64_t pe, std::int64_t column, std::int64_t before) {
  if (before < column) return column - before <= tile.at(CscField::reach, column, pe);
  // Another image is served: the column lies before, and in that row only where it is the only one of both.
  if (tile.at(CscField::rows, column, pe) > 1 || tile.at(CscField::rows, before, pe) > 1) return false;
  return before == column || before - column <= tile.at(CscField::reach, before, pe);
}

/// Takes the row that a PE has read before into account, and keeps the one that it has read last.
void hand_over(const CscColumns& tile, std::int64_t pe, Span<const std::int32_t> columns_of, std::int32_t& buffer,
               std::int32_t& row_reads) {
  const auto has_entries = [&](std::int32_t column) { return tile.at(CscField::entries, column, pe) > 0; };
  const auto* const first = std::find_if(columns_of.begin(), columns_of.end(), has_entries);
  if (first == columns_of.end()) return;
  if (buffer >= 0 && begins_in_row(tile, pe, *first, buffer)) --row_reads;
  const auto* last = columns_of.end() - 1;
  while (!has_entries(*last)) --last;
  buffer = *last;
}

}  // namespace

CscColumnCounts count_columns(const CscColumns& tile, Span<const std::int32_t> columns_of, CscRowBuffers& buffers) {
  const std::vector<std::int32_t> none(static_cast<std::size_t>(tile.lanes()), 0);
  CscColumnCounts counts{none, none, none, none};
  HWY_DYNAMIC_DISPATCH(CountColumns)(tile, columns_of, &counts);
  for (std::size_t pe = 0; pe < tile.entries().size(); ++pe) {
    hand_over(tile, static_cast<std::int64_t>(pe), columns_of, buffers[pe], counts.row_reads[pe]);
  }
  return counts;
}

}  // namespace lacuna

#endif  // HWY_ONCE
