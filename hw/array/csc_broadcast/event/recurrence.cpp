// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/recurrence.hpp"

#include <algorithm>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/array/csc_broadcast/event/recurrence.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                           // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Edges = hn::CappedTag<std::int32_t, CscColumns::kLanes>;

/// Fields of a batch's columns and what is kept from one broadcast to the next, a vector of PEs at a time.
template <class Small>
struct Batch {
  const CscTimingParameters& parameters;
  const CscColumnFields<Small>& fields;
  const std::int32_t* begins;
  std::int64_t lanes;
  CscPassCounts& counts;
  std::int32_t* buffered;
  std::vector<std::int32_t> row_before;  ///< that the last entry before met

  HWY_INLINE hn::VFromD<Edges> load(const std::vector<Small>& field, std::size_t at) const {
    return hn::PromoteTo(Edges(), hn::LoadU(hn::Rebind<Small, Edges>(), field.data() + at));
  }

  /// Adds to a sum per PE.
  HWY_INLINE void add(std::vector<std::int32_t>& sums, std::size_t pe, hn::VFromD<Edges> what) const {
    hn::StoreU(hn::Add(hn::LoadU(Edges(), sums.data() + pe), what), Edges(), sums.data() + pe);
  }

  template <class Mask>
  HWY_INLINE hn::VFromD<Edges> one_where(Mask mask) const {
    return hn::IfThenElseZero(mask, hn::Set(Edges(), 1));
  }

  template <class Mask>
  HWY_INLINE void count_rows(std::size_t at, std::size_t pe, Mask has_entries) {
    const Edges d;
    const auto begin = hn::LoadU(d, begins + at);
    const auto end = hn::LoadU(d, begins + at + static_cast<std::size_t>(lanes));
    const auto first = hn::ShiftRight<1>(begin);
    const auto last = hn::Sub(hn::ShiftRight<1>(end), hn::And(end, hn::Set(d, 1)));
    const auto in_buffer = hn::LoadU(d, buffered + pe);
    const auto missed = hn::IfThenZeroElse(hn::Eq(first, in_buffer), hn::Set(d, 1));
    add(counts.row_reads, pe, hn::IfThenElseZero(has_entries, hn::Add(hn::Sub(last, first), missed)));
    hn::StoreU(hn::IfThenElse(has_entries, last, in_buffer), d, buffered + pe);
  }

  /// A vector of PEs serves a column that was broadcast at edge `push`: their last edges with it.
  HWY_INLINE hn::VFromD<Edges> serve(std::int32_t column, std::size_t pe, std::int32_t push) {
    const Edges d;
    const auto at = static_cast<std::size_t>(column * lanes) + pe;
    const auto entries = load(fields.entries, at);
    const auto has_entries = hn::Gt(entries, hn::Zero(d));
    const auto service =
        hn::IfThenElse(has_entries, hn::Mul(entries, hn::Set(d, static_cast<std::int32_t>(parameters.entry))),
                       hn::Set(d, static_cast<std::int32_t>(parameters.empty_column)));
    const auto free = hn::Add(hn::LoadU(d, counts.end.data() + pe), hn::Set(d, 1));
    const auto start = hn::Max(free, hn::Set(d, push + static_cast<std::int32_t>(parameters.enqueue)));
    const auto end = hn::Sub(hn::Add(start, service), hn::Set(d, 1));
    hn::StoreU(end, d, counts.end.data() + pe);

    const auto same_row = hn::Eq(load(fields.first_row, at), hn::LoadU(d, row_before.data() + pe));
    add(counts.bypasses, pe, one_where(hn::And(same_row, hn::Eq(start, free))));
    hn::StoreU(load(fields.last_row, at), d, row_before.data() + pe);
    add(counts.entries, pe, entries);
    add(counts.fillers, pe, load(fields.fillers, at));
    add(counts.empties, pe, one_where(hn::Not(has_entries)));
    count_rows(at, pe, has_entries);
    return end;
  }

  HWY_INLINE std::int32_t serve_all(std::int32_t column, std::int32_t push) {
    const Edges d;
    auto last = hn::Set(d, -1);
    for (std::size_t pe = 0; pe < static_cast<std::size_t>(lanes); pe += hn::Lanes(d)) {
      last = hn::Max(last, serve(column, pe, push));
    }
    return hn::GetLane(hn::MaxOfLanes(d, last));
  }
};

template <class Small>
HWY_INLINE void serve_columns(Batch<Small> batch, Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps) {
  const auto depth = static_cast<std::size_t>(batch.parameters.queue_depth);
  std::vector<std::int32_t> ends(columns_of.size(), -1);  // the last one of any PE
  std::int32_t push = -1;
  std::int32_t busy = 0;
  for (std::size_t i = 0; i < columns_of.size(); ++i) {
    push += gaps[i];
    if (i >= depth) push = std::max(push, ends[i - depth] + static_cast<std::int32_t>(batch.parameters.dequeue));
    ends[i] = batch.serve_all(columns_of[i], push);
    busy = std::max(busy, ends[i] + 1);
  }
  batch.counts.busy = busy;
  batch.counts.last_push = push;
}

void ServeBatch(const CscTimingParameters& parameters, const CscColumns& tile, Span<const std::int32_t> columns_of,
                Span<const std::int32_t> gaps, std::int32_t* buffered, CscPassCounts* counts) {
  const std::vector<std::int32_t> no_rows(static_cast<std::size_t>(tile.lanes()), -1);
  if (tile.narrow()) {
    serve_columns(Batch<std::uint8_t>{parameters, tile.bytes_of(), tile.begins().data(), tile.lanes(), *counts,
                                      buffered, no_rows},
                  columns_of, gaps);
  } else {
    serve_columns(Batch<std::uint16_t>{parameters, tile.words_of(), tile.begins().data(), tile.lanes(), *counts,
                                       buffered, no_rows},
                  columns_of, gaps);
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(ServeBatch);

CscPassCounts::CscPassCounts(std::int64_t lanes)
    : end(static_cast<std::size_t>(lanes), -1),
      entries(static_cast<std::size_t>(lanes), 0),
      fillers(entries),
      empties(entries),
      row_reads(entries),
      bypasses(entries) {}

CscPassCounts serve_batch(const CscTimingParameters& parameters, const CscColumns& tile,
                          Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps, CscRowBuffers& buffers) {
  CscPassCounts counts(tile.lanes());
  HWY_DYNAMIC_DISPATCH(ServeBatch)(parameters, tile, columns_of, gaps, buffers.data(), &counts);
  return counts;
}

}  // namespace lacuna

#endif  // HWY_ONCE
