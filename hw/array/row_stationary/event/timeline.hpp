// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "hw/array/row_stationary/event/pass_memo.hpp"

namespace lacuna {

/// Timings of the passes of a layer, one after the other, each computed once per shape and per state that it starts
/// from: a pass of a known shape from a known state costs two look-ups, and no state is touched.
class PassTimeline {
 public:
  PassTimeline(const RowStationaryGrid& grid, const RowStationaryUnits& units,
               const RowStationaryLatencies& latencies = {});

  /// Times the next pass, which starts `delay` edges after the start of the pass before (0 for the first).
  /// The timing lives as long as this object.
  const PassTiming& next(const RowStationaryPass& pass, std::int64_t delay);
  /// Distinct passes that this machine is known to have done, in this layer or in one before.
  std::int64_t distinct() const { return memo_->distinct(); }

 private:
  std::shared_ptr<PassMemo> memo_;
  const PassMemo::Timed* last_ = nullptr;
};

}  // namespace lacuna
