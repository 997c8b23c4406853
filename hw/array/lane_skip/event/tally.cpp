// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/event/tally.hpp"

#include "hw/array/tap_words.hpp"

namespace lacuna {

LaneSkipTally::LaneSkipTally(const LaneSkipSchedule& schedule, const Mac& mac, const EventBuffer& operands,
                             bool record_passes)
    : LaneTally({1, schedule.array.lanes, schedule.array.columns}, mac, operands, record_passes), schedule_(schedule) {}

void LaneSkipTally::add(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold,
                        const PassRecord& record, std::int64_t wait) {
  Span span = begin_pass(record, wait, {1, deal.lanes, deal.columns});
  for (std::int64_t lane = 0; lane < deal.lanes; ++lane) {
    const std::int64_t issued = fold.issued[static_cast<std::size_t>(lane)];
    const std::int64_t empty = fold.empty[static_cast<std::size_t>(lane)];
    for (std::int64_t column = 0; column < deal.columns; ++column) {
      const std::int64_t folds = deal.folds - (column < deal.filters(deal.folds - 1, pass.filters) ? 0 : 1);
      LaneSkipPeCounts& counts = pe(lane, column);
      counts.performed += folds * issued;
      counts.brick += folds * empty;
      counts.lane += folds * (fold.edges - issued - empty);
      counts.link = link_;
      counts.weight = weight_;
      span.all.performed += folds * issued;
      span.all.brick += folds * empty;
      span.all.lane += folds * (fold.edges - issued - empty);
    }
  }
  end_pass(span);
  add_gated(pass, deal);
}

/// MACs of each filter of a lane that a zero activation gates, over all windows of the pass. Lanes that skip have none.
void LaneSkipTally::add_gated(const TiledPass& pass, const LaneSkipDeal& deal) {
  const Gating& gating = schedule_.gating;
  const bool by_activation = gating.on_activation && !schedule_.array.skips;
  if (!by_activation && !gating.on_weight) return;
  const std::vector<std::int64_t> live =
      live_by_tap(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap, pass.taps);
  std::vector<std::int64_t> lanes(static_cast<std::size_t>(pass.taps));
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) lanes[static_cast<std::size_t>(tap)] = deal.lane(tap);
  for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
    const StoredWord* const own = weights(schedule_, pass, filter);
    const std::int64_t column = filter % schedule_.array.columns;
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
      const std::int64_t neurons = live[static_cast<std::size_t>(tap)];
      const std::int64_t zeros = pass.pixels - neurons;
      const bool zero_weight = gating.on_weight && mac_.is_zero(own[tap]);
      // Of what is issued: all of it, or the zero activations of lanes that do not skip.
      std::int64_t gated = zero_weight ? neurons : 0;
      if (!schedule_.array.skips && (zero_weight || by_activation)) gated += zeros;
      gate(pe(lanes[static_cast<std::size_t>(tap)], column), gated);
    }
  }
}

}  // namespace lacuna
