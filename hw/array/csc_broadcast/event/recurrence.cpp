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

using V = hn::VFromD<Edges>;

constexpr std::size_t kMaskBytes = 2;  // of the lanes of a vector

/// The columns of a batch, some broadcasts at a time, so that their fields stay in the cache: first the edges,
/// broadcast by broadcast, because each waits for all PEs; then what follows from the entries, PEs by PEs, with all
/// sums in registers.
template <class Fields>
struct Batch {
  const CscTimingParameters& parameters;
  const CscColumns& tile;
  const Fields& fields;
  Span<const std::int32_t> columns_of;
  std::int32_t* buffered;
  CscPassCounts& counts;
  std::vector<std::int32_t> row_before;  ///< that the last entry met
  std::vector<std::uint8_t> adjacent;  ///< by broadcast and vector: whether service follows that before without a pause

  template <class Small>
  HWY_INLINE V load(const std::vector<Small>& field, std::size_t at) const {
    return hn::PromoteTo(Edges(), hn::LoadU(hn::Rebind<Small, Edges>(), field.data() + at));
  }
  HWY_INLINE V load(const std::vector<std::int32_t>& field, std::size_t at) const {
    return hn::LoadU(Edges(), field.data() + at);
  }
  HWY_INLINE std::size_t place(std::size_t broadcast, std::size_t pe) const {
    return static_cast<std::size_t>(columns_of[broadcast] * tile.lanes()) + pe;
  }
  HWY_INLINE std::size_t vectors() const { return static_cast<std::size_t>(tile.lanes()) / hn::Lanes(Edges()); }
  HWY_INLINE std::uint8_t* mask_at(std::size_t broadcast, std::size_t pe) {
    return adjacent.data() + (broadcast * vectors() + pe / hn::Lanes(Edges())) * kMaskBytes;
  }

  /// All PEs serve a broadcast that was made at edge `push`: the last edge of any.
  HWY_INLINE std::int32_t serve(std::size_t broadcast, std::size_t in_block, std::int32_t push) {
    const Edges d;
    const V one = hn::Set(d, 1);
    const V first_edge = hn::Set(d, push + static_cast<std::int32_t>(parameters.enqueue));
    const V per_entry = hn::Set(d, static_cast<std::int32_t>(parameters.entry));
    const V for_none = hn::Set(d, static_cast<std::int32_t>(parameters.empty_column));
    V last = hn::Set(d, -1);
    for (std::size_t pe = 0; pe < static_cast<std::size_t>(tile.lanes()); pe += hn::Lanes(d)) {
      const V entries = load(fields.entries, place(broadcast, pe));
      const V service = hn::IfThenElse(hn::Gt(entries, hn::Zero(d)), hn::Mul(entries, per_entry), for_none);
      const V free = hn::Add(hn::LoadU(d, counts.end.data() + pe), one);
      const V start = hn::Max(free, first_edge);
      const V end = hn::Sub(hn::Add(start, service), one);
      hn::StoreU(end, d, counts.end.data() + pe);
      hn::StoreMaskBits(d, hn::Eq(start, free), mask_at(in_block, pe));
      last = hn::Max(last, end);
    }
    return hn::GetLane(hn::MaxOfLanes(d, last));
  }

  /// What a vector of PEs did with some broadcasts, added to what it did before.
  HWY_INLINE void count(std::size_t pe, std::size_t from, std::size_t to) {
    const Edges d;
    const V one = hn::Set(d, 1);
    V entries_sum = hn::LoadU(d, counts.entries.data() + pe);
    V fillers_sum = hn::LoadU(d, counts.fillers.data() + pe);
    V empties = hn::LoadU(d, counts.empties.data() + pe);
    V row_reads = hn::LoadU(d, counts.row_reads.data() + pe);
    V bypasses = hn::LoadU(d, counts.bypasses.data() + pe);
    V before = hn::LoadU(d, row_before.data() + pe);
    V in_buffer = hn::LoadU(d, buffered + pe);
    for (std::size_t i = from; i < to; ++i) {
      const std::size_t at = place(i, pe);
      const V entries = load(fields.entries, at);
      const auto has_entries = hn::Gt(entries, hn::Zero(d));
      entries_sum = hn::Add(entries_sum, entries);
      fillers_sum = hn::Add(fillers_sum, load(fields.fillers, at));
      empties = hn::Add(empties, hn::IfThenZeroElse(has_entries, one));
      const auto same_row = hn::Eq(load(fields.first_row, at), before);
      const auto bypassed = hn::And(same_row, hn::LoadMaskBits(d, mask_at(i - from, pe)));
      bypasses = hn::Add(bypasses, hn::IfThenElseZero(bypassed, one));
      before = load(fields.last_row, at);
      const V begin = load(fields.begins, at);
      const V end = load(fields.begins, at + static_cast<std::size_t>(tile.lanes()));
      const V first = hn::ShiftRight<1>(begin);
      const V last = hn::Sub(hn::ShiftRight<1>(end), hn::And(end, one));
      const V missed = hn::IfThenZeroElse(hn::Eq(first, in_buffer), one);
      row_reads = hn::Add(row_reads, hn::IfThenElseZero(has_entries, hn::Add(hn::Sub(last, first), missed)));
      in_buffer = hn::IfThenElse(has_entries, last, in_buffer);
    }
    hn::StoreU(entries_sum, d, counts.entries.data() + pe);
    hn::StoreU(fillers_sum, d, counts.fillers.data() + pe);
    hn::StoreU(empties, d, counts.empties.data() + pe);
    hn::StoreU(row_reads, d, counts.row_reads.data() + pe);
    hn::StoreU(bypasses, d, counts.bypasses.data() + pe);
    hn::StoreU(before, d, row_before.data() + pe);
    hn::StoreU(in_buffer, d, buffered + pe);
  }

  HWY_INLINE void serve_all(Span<const std::int32_t> gaps) {
    const auto depth = static_cast<std::size_t>(parameters.queue_depth);
    constexpr std::size_t kBlock = 32;
    constexpr std::size_t kReadAhead = 8;  // of a load of mask bits
    row_before.assign(static_cast<std::size_t>(tile.lanes()), -1);
    adjacent.resize(kBlock * vectors() * kMaskBytes + kReadAhead);
    std::vector<std::int32_t> ends(columns_of.size(), -1);  // the last one of any PE
    std::int32_t push = -1;
    std::int32_t busy = 0;
    for (std::size_t from = 0; from < columns_of.size(); from += kBlock) {
      const std::size_t to = std::min(from + kBlock, columns_of.size());
      for (std::size_t i = from; i < to; ++i) {
        push += gaps[i];
        if (i >= depth) push = std::max(push, ends[i - depth] + static_cast<std::int32_t>(parameters.dequeue));
        ends[i] = serve(i, i - from, push);
        busy = std::max(busy, ends[i] + 1);
      }
      for (std::size_t pe = 0; pe < static_cast<std::size_t>(tile.lanes()); pe += hn::Lanes(Edges()))
        count(pe, from, to);
    }
    counts.busy = busy;
    counts.last_push = push;
  }
};

void ServeBatch(const CscTimingParameters& parameters, const CscColumns& tile, Span<const std::int32_t> columns_of,
                Span<const std::int32_t> gaps, std::int32_t* buffered, CscPassCounts* counts) {
  if (tile.narrow()) {
    Batch<CscColumns::Narrow>{parameters, tile, tile.narrow_fields(), columns_of, buffered, *counts, {}, {}}.serve_all(
        gaps);
  } else {
    Batch<CscColumns::Wide>{parameters, tile, tile.wide_fields(), columns_of, buffered, *counts, {}, {}}.serve_all(
        gaps);
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
