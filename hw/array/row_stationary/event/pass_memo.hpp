// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "hw/array/row_stationary/event/pass_timing.hpp"

namespace lacuna {

/// The passes that an array of some grid, units and latencies has done: each distinct one timed once, by its shape and
/// by what it can see of the passes before it. States are interned as views.
class PassMemo {
 public:
  PassMemo(const RowStationaryGrid& grid, const RowStationaryUnits& units, const RowStationaryLatencies& latencies);

  /// A timed pass and what it leaves behind.
  struct Timed {
    Timed(RowStationaryState before, std::int64_t number) : after(std::move(before)), id(number) {}
    PassTiming timing;
    RowStationaryState after;
    std::int64_t latest = 0;  ///< last edge of that state
    std::int64_t id;
  };
  /// The pass that starts `delay` edges after the start of the pass before; null: before the first. The result lives
  /// as long as this object.
  const Timed& time(const RowStationaryPass& pass, const Timed* before, std::int64_t delay);
  std::int64_t distinct() const { return static_cast<std::int64_t>(passes_.size()); }
  /// What it takes in memory, about.
  std::size_t bytes() const { return bytes_; }

 private:
  using Shape = std::array<std::int64_t, 5>;
  std::int64_t intern(std::vector<std::int32_t> view);
  std::int64_t view_after(const Timed* before, std::int64_t gate);

  const RowStationaryGrid grid_;
  const RowStationaryUnits units_;
  const RowStationaryLatencies latencies_;
  std::map<std::vector<std::int32_t>, std::int64_t> views_;                   ///< view -> id
  std::vector<const std::vector<std::int32_t>*> view_of_;                     ///< by id
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> view_after_;  ///< (timed pass, gate) -> view id
  std::map<std::pair<std::int64_t, Shape>, std::unique_ptr<Timed>> passes_;   ///< (view id, shape) -> timed pass
  std::int64_t idle_view_ = -1;  ///< of an array whose events are all long past
  std::size_t bytes_ = 0;
};

/// The memo of that array, shared by all layers of all runs of the process for as long as it is kept: the key is every
/// byte of the three structs.
std::shared_ptr<PassMemo> pass_memo(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                                    const RowStationaryLatencies& latencies);

}  // namespace lacuna
