// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/pass_tally.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

PassTally::PassTally(const RowStationarySchedule& schedule, const RowStationaryUnits& units)
    : schedule_(schedule), units_(units) {
  std::vector<std::int64_t> last(static_cast<std::size_t>(schedule.grid.e), 0);
  for (std::int64_t pass = 0; pass < schedule.passes; ++pass) {
    const std::int64_t ev = schedule.pass_list[static_cast<std::size_t>(pass)].ev;
    std::fill_n(last.begin(), ev, pass);
  }
  last_passes_ = last;
  std::sort(last_passes_.begin(), last_passes_.end());
  last_passes_.erase(std::unique(last_passes_.begin(), last_passes_.end()), last_passes_.end());
  for (const std::int64_t pass : last) {
    last_pass_of_.push_back(std::lower_bound(last_passes_.begin(), last_passes_.end(), pass) - last_passes_.begin());
  }
}

void PassTally::book(std::int64_t pass, const PassTiming& timing, std::int64_t delay, std::int64_t link) {
  Use& use = uses_[&timing];
  if (use.shape == nullptr) {
    use.shape = &schedule_.pass_list[static_cast<std::size_t>(pass)];
    use.by_era.resize(last_passes_.size() + 1);
  }
  const auto era = std::upper_bound(last_passes_.begin(), last_passes_.end(), pass) - last_passes_.begin();
  Gaps& gaps = use.by_era[static_cast<std::size_t>(era)];
  ++gaps.passes;
  gaps.delay += delay;
  gaps.link += link;
}

void PassTally::book_arrival(const RowStationaryPass& pass, const FilterArrival& arrival) {
  filter_delays_ += arrival.delay;
  std::vector<std::int64_t>& early = early_[pass.ev];
  early.resize(std::max(early.size(), arrival.early.size()), 0);
  for (std::size_t row = 0; row < arrival.early.size(); ++row) early[row] += arrival.early[row];
}

void PassTally::add_arrivals(std::vector<PeCounts>& pes) const {
  for (const auto& [columns, rows] : early_) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::int64_t j = 0; j < columns; ++j) {
        PeCounts& pe = pes[row * static_cast<std::size_t>(schedule_.grid.e) + static_cast<std::size_t>(j)];
        pe.wait_filter -= rows[row];
        pe.wait_ifmap += rows[row];
      }
    }
  }
}

void PassTally::add_to(std::vector<PeCounts>& pes, BusCounts& buses) const {
  buses.filter_stalls += filter_delays_;
  add_arrivals(pes);
  for (const auto& [timing, use] : uses_) {
    for (std::size_t pe = 0; pe < pes.size(); ++pe) add_pe(*timing, use, static_cast<std::int64_t>(pe), pes[pe]);
    for (const Gaps& gaps : use.by_era) {
      buses.ifmap_stalls += gaps.passes * timing->ifmap_stalls;
      buses.psum_in_stalls += gaps.passes * timing->psum_in_stalls;
    }
  }
}

void PassTally::add_pe(const PassTiming& timing, const Use& use, std::int64_t pe, PeCounts& counts) const {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t j = pe % grid.e;
  const bool takes_part = j < use.shape->ev;
  const PeTiming& stalls = timing.pes[static_cast<std::size_t>(pe)];
  const std::int64_t busy = takes_part ? stalls.last_busy + 1 : 0;  // edges that the pass's own counts cover
  std::int64_t passes = 0;
  for (std::size_t era = 0; era < use.by_era.size(); ++era) {
    const Gaps& gaps = use.by_era[era];
    const std::int64_t after = gaps.delay - gaps.passes * busy;
    passes += gaps.passes;
    if (static_cast<std::int64_t>(era) > last_pass_of_[static_cast<std::size_t>(j)]) {
      counts.idle += after;
    } else {
      counts.wait_filter += after - gaps.link;
      counts.wait_link += gaps.link;
    }
  }
  if (!takes_part) return;
  counts.wait_filter += passes * stalls.wait_filter;
  counts.wait_ifmap += passes * stalls.wait_ifmap;
  counts.wait_psum += passes * stalls.wait_psum;
  add_words(*use.shape, passes, pe / grid.e % grid.chain() == 0, counts);
}

void PassTally::add_words(const RowStationaryPass& shape, std::int64_t passes, bool top, PeCounts& counts) const {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t windows = passes * shape.n * shape.Ft;
  counts.busy += windows * shape.q * grid.S * units_.tap_edges(shape.p);
  counts.filter_words += passes * shape.p * shape.q * grid.S;
  counts.ifmap_words += passes * shape.n * shape.q * grid.width(shape.Ft);
  counts.psums_combined += windows * shape.p;
  counts.psum_beats += windows * ceil_div(shape.p, units_.psum_lanes);
  if (!top) counts.psum_link_words += windows * shape.p;
}

}  // namespace lacuna
