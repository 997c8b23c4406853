// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "hw/array/row_stationary/event/pass_timing.hpp"

namespace lacuna {

/// Timings of the passes of a layer, each computed once per shape and per state that it starts from. States are
/// interned: a pass of a known shape from a known state costs two look-ups, and no state is touched.
class PassTimeline {
 public:
  PassTimeline(const RowStationaryGrid& grid, const RowStationaryUnits& units,
               const RowStationaryLatencies& latencies = {});

  /// Times the next pass, which starts `delay` edges after the start of the pass before (0 for the first).
  /// The timing lives as long as this object.
  const PassTiming& next(const RowStationaryPass& pass, std::int64_t delay);
  /// Distinct passes timed so far: what was not answered from memory.
  std::int64_t distinct() const { return static_cast<std::int64_t>(passes_.size()); }

 private:
  using Shape = std::array<std::int64_t, 5>;
  struct Timed {
    Timed(RowStationaryState before, std::int64_t number) : after(std::move(before)), id(number) {}
    PassTiming timing;
    RowStationaryState after;
    std::int64_t latest = 0;  ///< last edge of that state
    std::int64_t id;
  };
  std::int64_t intern(std::vector<std::int32_t> view);
  std::int64_t view_before(std::int64_t gate);

  const RowStationaryGrid grid_;
  const RowStationaryUnits units_;
  const RowStationaryLatencies latencies_;
  std::map<std::vector<std::int32_t>, std::int64_t> views_;                   ///< view -> id
  std::vector<std::vector<std::int32_t>> view_of_;                            ///< by id
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> view_after_;  ///< (timed pass, gate) -> view id
  std::map<std::pair<std::int64_t, Shape>, std::unique_ptr<Timed>> passes_;   ///< (view id, shape) -> timed pass
  std::int64_t idle_view_ = -1;  ///< of an array whose events are all long past
  const Timed* last_ = nullptr;
};

}  // namespace lacuna
