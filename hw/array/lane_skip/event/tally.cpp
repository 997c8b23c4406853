// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/event/tally.hpp"

#include "hw/array/corner_union.hpp"
#include "hw/array/tap_words.hpp"

namespace lacuna {

LaneSkipTally::LaneSkipTally(const LaneSkipSchedule& schedule, const Mac& mac, const EventBuffer& operands,
                             bool record_passes)
    : schedule_(schedule),
      mac_(mac),
      operands_(operands),
      record_passes_(record_passes),
      pes_(static_cast<std::size_t>(schedule.array.lanes * schedule.array.columns)) {}

void LaneSkipTally::add(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold,
                        const PassRecord& record, std::int64_t wait) {
  link_ += record.link_wait();
  weight_ += wait;
  edges_ = record.end + 1;
  Span span{record, deal.lanes, deal.columns};
  span.wait = wait;
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
      span.issued += folds * issued;
      span.brick += folds * empty;
      span.lane += folds * (fold.edges - issued - empty);
    }
  }
  if (record_passes_) spans_.push_back(span);
  add_gated(pass, deal);
}

/// MACs of each filter of a lane that a zero activation gates, over all windows of the pass. Lanes that skip have none.
void LaneSkipTally::add_gated(const TiledPass& pass, const LaneSkipDeal& deal) {
  const Gating& gating = schedule_.gating;
  const bool by_activation = gating.on_activation && !schedule_.array.skips;
  if (!by_activation && !gating.on_weight) return;
  const std::vector<std::int64_t> live =
      live_by_tap(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap, pass.taps);
  const std::int64_t all_taps = schedule_.shape().C * schedule_.shape().R * schedule_.shape().S;
  const std::int64_t first_filter = schedule_.first_filter(pass);
  const StoredWord* weights = operands_.filters().data() + first_filter * all_taps + pass.tap;
  std::vector<std::int64_t> lanes(static_cast<std::size_t>(pass.taps));
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) lanes[static_cast<std::size_t>(tap)] = deal.lane(tap);
  for (std::int64_t filter = 0; filter < pass.filters; ++filter, weights += all_taps) {
    const std::int64_t column = filter % schedule_.array.columns;
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
      const std::int64_t neurons = live[static_cast<std::size_t>(tap)];
      const std::int64_t zeros = pass.pixels - neurons;
      const bool zero_weight = gating.on_weight && mac_.is_zero(weights[tap]);
      // Of what is issued: all of it, or the zero activations of lanes that do not skip.
      std::int64_t gated = zero_weight ? neurons : 0;
      if (!schedule_.array.skips && (zero_weight || by_activation)) gated += zeros;
      LaneSkipPeCounts& counts = pe(lanes[static_cast<std::size_t>(tap)], column);
      counts.gated += gated;
      counts.performed -= gated;
    }
  }
}

std::vector<LaneSkipPeCounts> LaneSkipTally::pes() const {
  std::vector<LaneSkipPeCounts> all = pes_;
  for (LaneSkipPeCounts& pe : all) {
    pe.idle = edges_ - pe.performed - pe.gated - pe.brick - pe.lane - pe.link - pe.weight;
  }
  return all;
}

std::vector<PassActivity> LaneSkipTally::pass_activity() const {
  std::vector<PassActivity> passes(spans_.size());
  CornerUnion covered(schedule_.array.lanes);  // by this pass or one after it: from the last pass back
  for (std::size_t pass = passes.size(); pass-- > 0;) {
    const Span& from = spans_[pass];
    covered.add(from.lanes, from.columns);
    PassActivity& span = passes[pass];
    span.first = pass == 0 ? 0 : spans_[pass - 1].record.end + 1;
    span.edges = from.record.end + 1 - span.first;
    const std::int64_t waits = covered.pes();
    span.stalls = {from.brick, from.lane, waits * from.record.link_wait(), waits * from.wait};
    span.idle = static_cast<std::int64_t>(pes_.size()) * span.edges - from.issued;
    for (const std::int64_t stall : span.stalls) span.idle -= stall;
  }
  return passes;
}

}  // namespace lacuna
