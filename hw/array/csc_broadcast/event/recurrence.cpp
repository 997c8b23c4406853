// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/recurrence.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/array/csc_broadcast/event/recurrence.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                           // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/array/csc_broadcast/event/lanes-inl.hpp"
#include "hw/base/largest_lane-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

/// The broadcasts of a pass, with backlogs in lanes of D.
template <class D, class Small>
class Broadcasts {
 public:
  Broadcasts(const CscTimingParameters& parameters, const CscColumnFields<Small>& fields,
             Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps)
      : parameters_(parameters),
        fields_(fields),
        columns_of_(columns_of),
        gaps_(gaps),
        no_row_(fields.lanes(), CscColumnFields<Small>::kNoLast),
        backlog_(fields.lanes(), 0),
        bypasses_(backlog_),
        ends_(columns_of.size()) {}

  /// Serves them all. False, with nothing to be used, where a backlog does not fit its lane.
  bool serve_all(CscPassEdges& edges) {
    const std::size_t count = columns_of_.size();
    for (std::size_t from = 0; from < count; from += kAtOnce) {
      const std::size_t to = std::min(from + kAtOnce, count);
      if (!(fields_.lanes() == hn::Lanes(D()) ? serve_some<true>(from, to) : serve_some<false>(from, to))) return false;
      for (std::size_t lane = 0; lane < fields_.lanes(); ++lane) {
        edges.bypasses[lane] += static_cast<std::int32_t>(bypasses_[lane]);
        bypasses_[lane] = 0;
      }
    }
    edges.last_push = push_;
    if (count == 0) return true;
    edges.busy = ends_.back() + 1;
    for (std::size_t lane = 0; lane < fields_.lanes(); ++lane) edges.end[lane] = end_of(backlog_[lane]);
    return true;
  }

 private:
  using T = hn::TFromD<D>;
  using V = hn::VFromD<D>;
  static constexpr std::size_t kAtOnce = 255;                ///< broadcasts whose bypasses fit any lane
  static constexpr T kFull = std::numeric_limits<T>::max();  ///< of a backlog that may be greater

  /// The last edge of service of a PE with that backlog at the last broadcast.
  std::int32_t end_of(T backlog) const {
    return push_ + static_cast<std::int32_t>(parameters_.enqueue) - 1 + static_cast<std::int32_t>(backlog);
  }

  /// Broadcasts [from, to). Backlogs stay in a register where one vector has all PEs.
  template <bool kOneVector>
  HWY_INLINE bool serve_some(std::size_t from, std::size_t to) {
    const D d;
    const auto depth = static_cast<std::size_t>(parameters_.queue_depth);
    V backlog = hn::LoadU(d, backlog_.data());
    V bypasses = hn::LoadU(d, bypasses_.data());
    const Small* row_before = from == 0 ? no_row_.data() : fields_.of(CscField::last_row, columns_of_[from - 1]);
    for (std::size_t i = from; i < to; ++i) {
      std::int32_t passed = gaps_[i];
      if (i >= depth)
        passed = std::max(passed, ends_[i - depth] + static_cast<std::int32_t>(parameters_.dequeue) - push_);
      push_ += passed;
      // No backlog has so many edges as do not fit a lane: fewer take it away as well.
      const V passed_by = hn::Set(d, static_cast<T>(std::min<std::int64_t>(passed, kFull)));
      V most = hn::Zero(d);
      if constexpr (kOneVector) {
        most = serve(columns_of_[i], 0, passed_by, row_before, backlog, bypasses);
      } else {
        for (std::size_t pe = 0; pe < fields_.lanes(); pe += hn::Lanes(d)) {
          backlog = hn::LoadU(d, backlog_.data() + pe);
          bypasses = hn::LoadU(d, bypasses_.data() + pe);
          most = hn::Max(most, serve(columns_of_[i], pe, passed_by, row_before, backlog, bypasses));
          hn::StoreU(backlog, d, backlog_.data() + pe);
          hn::StoreU(bypasses, d, bypasses_.data() + pe);
        }
      }
      const T longest = largest_lane(d, most);
      if (longest == kFull) return false;
      ends_[i] = end_of(longest);
      row_before = fields_.of(CscField::last_row, columns_of_[i]);
    }
    if (kOneVector) {
      hn::StoreU(backlog, d, backlog_.data());
      hn::StoreU(bypasses, d, bypasses_.data());
    }
    return true;
  }

  /// A vector of PEs serves a column, broadcast so many edges after the one before, whose last entries met
  /// `row_before`: their backlogs.
  HWY_INLINE V serve(std::int32_t column, std::size_t pe, V passed, const Small* row_before, V& backlog,
                     V& bypasses) const {
    const D d;
    const V first_row = load(d, fields_.of(CscField::first_row, column) + pe);
    // A PE that goes on without a pause takes the psum that it has just made.
    const auto bypassed = hn::And(hn::Eq(first_row, load(d, row_before + pe)), at_least(backlog, passed));
    bypasses = hn::Add(bypasses, hn::IfThenElseZero(bypassed, hn::Set(d, 1)));
    backlog = plus(d, minus(d, backlog, passed), service(load(d, fields_.of(CscField::entries, column) + pe)));
    return backlog;
  }

  /// Edges of service.
  HWY_INLINE V service(V entries) const {
    const D d;
    const V for_none = hn::Set(d, static_cast<T>(parameters_.empty_column));
    return hn::IfThenElse(hn::Eq(entries, hn::Zero(d)), for_none, for_entries(entries));
  }
  HWY_INLINE V for_entries(V entries) const {
    if constexpr (sizeof(T) < 4) {
      return entries;  // an edge each
    } else {
      return hn::Mul(entries, hn::Set(D(), static_cast<T>(parameters_.entry)));
    }
  }

  const CscTimingParameters& parameters_;
  const CscColumnFields<Small>& fields_;
  const Span<const std::int32_t> columns_of_;
  const Span<const std::int32_t> gaps_;
  const std::vector<Small> no_row_;
  std::vector<T> backlog_;          ///< by lane
  std::vector<T> bypasses_;         ///< since they were added up last
  std::vector<std::int32_t> ends_;  ///< by broadcast: the last edge of service of any PE
  std::int32_t push_ = -1;          ///< edge of the last broadcast
};

/// Serves broadcasts with backlogs in lanes of T.
template <class T, class Small>
bool serve_in(const CscTimingParameters& parameters, const CscColumnFields<Small>& fields,
              Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps, CscPassEdges& edges) {
  edges.end.assign(fields.lanes(), -1);
  edges.bypasses.assign(fields.lanes(), 0);
  if (fields.lanes() % kManyLanes == 0) {
    return Broadcasts<ManyLanes<T>, Small>(parameters, fields, columns_of, gaps).serve_all(edges);
  }
  return Broadcasts<FewLanes<T>, Small>(parameters, fields, columns_of, gaps).serve_all(edges);
}

void ServeBroadcasts(const CscTimingParameters& parameters, const CscColumns& tile, Span<const std::int32_t> columns_of,
                     Span<const std::int32_t> gaps, CscPassEdges* edges) {
  if (!tile.narrow()) {
    serve_in<std::int32_t>(parameters, tile.wide_fields(), columns_of, gaps, *edges);
    return;
  }
  const CscColumns::Narrow& fields = tile.narrow_fields();
  const bool small = parameters.entry == 1 && parameters.empty_column < 255;
  if (small && serve_in<std::uint8_t>(parameters, fields, columns_of, gaps, *edges)) return;
  if (small && serve_in<std::uint16_t>(parameters, fields, columns_of, gaps, *edges)) return;
  serve_in<std::int32_t>(parameters, fields, columns_of, gaps, *edges);
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(ServeBroadcasts);

CscPassEdges serve_broadcasts(const CscTimingParameters& parameters, const CscColumns& tile,
                              Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps) {
  CscPassEdges edges;
  HWY_DYNAMIC_DISPATCH(ServeBroadcasts)(parameters, tile, columns_of, gaps, &edges);
  return edges;
}

CscPassCounts serve_batch(const CscTimingParameters& parameters, const CscColumns& tile,
                          Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps, CscRowBuffers& buffers) {
  return {serve_broadcasts(parameters, tile, columns_of, gaps), count_columns(tile, columns_of, buffers)};
}

}  // namespace lacuna

#endif  // HWY_ONCE
