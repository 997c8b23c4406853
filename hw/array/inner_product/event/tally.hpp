// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/event_buffer.hpp"
#include "hw/array/inner_product/activity.hpp"
#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Counts what the PEs do, pass by pass, without visiting MACs: all units of a window do the same but for the filters
/// that they have, and for weights that gate.
class InnerProductTally {
 public:
  InnerProductTally(const InnerProductSchedule& schedule, const Mac& mac, const EventBuffer& operands,
                    bool record_passes);

  /// Books the next pass, which waits for its filters to be decoded for so long.
  void add(const TiledPass& pass, const InnerProductDeal& deal, const PassRecord& record, std::int64_t wait);

  /// Row by row.
  std::vector<InnerProductPeCounts> pes() const;
  /// What all PEs did in the span of each pass, where passes are recorded.
  std::vector<PassActivity> pass_activity() const;

 private:
  /// What the windows of units meet in a fold: by tap, then window.
  struct Meetings {
    std::vector<std::int64_t> pixels;
    std::vector<std::int64_t> live;  ///< of them, with an activation that is not zero
  };
  /// The same by PE row, for one filter.
  struct Rows {
    std::vector<std::int64_t> issues;  ///< steps with a word for the lane
    std::vector<std::int64_t> macs;
    std::vector<std::int64_t> zeros;  ///< of them, with an activation that gates
    std::vector<std::int64_t> held;   ///< steps that a window takes: by window
  };
  /// One pass as far as its span depends on it.
  struct Span {
    PassRecord record;
    std::int64_t windows = 0;
    std::int64_t lanes = 0;
    std::int64_t columns = 0;
    std::int64_t busy = 0;  ///< PE edges
    std::int64_t lane = 0;
    std::int64_t turn = 0;
    std::int64_t tree = 0;
    std::int64_t wait = 0;  ///< edges, for a decoder
  };

  Meetings meet(const TiledPass& pass, const InnerProductDeal& deal, std::int64_t fold) const;
  void meet_all(const TiledPass& pass, const InnerProductDeal& deal, Meetings& meetings) const;
  void meet_in_turn(const TiledPass& pass, const InnerProductDeal& deal, std::int64_t fold, Meetings& meetings) const;
  Rows rows_of(const InnerProductDeal& deal, const Meetings& meetings) const;
  void add_fold(const InnerProductDeal& deal, const Rows& rows, std::int64_t fold, Span& span);
  void add_gated_by_weight(const TiledPass& pass, const InnerProductDeal& deal, const Meetings& meetings,
                           std::int64_t fold);
  void add_waits(const InnerProductDeal& deal, const std::vector<std::int64_t>& held, Span& span);
  std::int64_t row(std::int64_t window, std::int64_t lane) const { return window * schedule_.array.lanes + lane; }
  InnerProductPeCounts& pe(std::int64_t row, std::int64_t column) {
    return pes_[static_cast<std::size_t>(row * schedule_.array.filters + column)];
  }

  const InnerProductSchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  const bool record_passes_;
  std::vector<InnerProductPeCounts> pes_;  ///< without idle
  std::int64_t edges_ = 0;
  std::int64_t link_ = 0;
  std::int64_t weight_ = 0;
  std::vector<Span> spans_;
};

}  // namespace lacuna
