// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/event/tally.hpp"

#include "hw/array/tap_words.hpp"

namespace lacuna {

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

InnerProductTally::InnerProductTally(const InnerProductSchedule& schedule, const Mac& mac, const EventBuffer& operands,
                                     bool record_passes)
    : LaneTally({schedule.array.windows, schedule.array.lanes, schedule.array.filters}, mac, operands, record_passes),
      schedule_(schedule) {}

void InnerProductTally::add(const TiledPass& pass, const InnerProductDeal& deal, const PassRecord& record,
                            std::int64_t wait) {
  Span span = begin_pass(record, wait, {deal.windows, deal.lanes, deal.columns});
  std::vector<std::int64_t> held(at(schedule_.array.windows), 0);
  Meetings meetings;
  Rows rows;
  for (std::int64_t fold = 0; fold < deal.folds; ++fold) {
    if (fold == 0 || deal.staggered) {  // else every fold meets the same
      meetings = meet(pass, deal, fold);
      rows = rows_of(deal, meetings);
    }
    for (std::size_t window = 0; window < held.size(); ++window) held[window] += rows.held[window];
    add_fold(deal, rows, fold, span);
    if (schedule_.gating.on_weight) add_gated_by_weight(pass, deal, meetings, fold);
  }
  add_waits(deal, held, span);
  end_pass(span);
}

InnerProductTally::Meetings InnerProductTally::meet(const TiledPass& pass, const InnerProductDeal& deal,
                                                    std::int64_t fold) const {
  Meetings meetings;
  meetings.pixels.assign(at(deal.taps * schedule_.array.windows), 0);
  meetings.live = meetings.pixels;
  deal.staggered ? meet_in_turn(pass, deal, fold, meetings) : meet_all(pass, deal, meetings);
  return meetings;
}

/// Every window of units meets its share of the pixels of an image with every tap.
void InnerProductTally::meet_all(const TiledPass& pass, const InnerProductDeal& deal, Meetings& meetings) const {
  const std::int64_t windows = schedule_.array.windows;
  for (std::int64_t tap = 0; tap < deal.taps; ++tap) {
    std::int64_t* const pixels = &meetings.pixels[at(tap * windows)];
    for (std::int64_t window = 0; window < deal.windows; ++window) {
      pixels[window] = deal.images * ceil_div(deal.plane - window, windows);
    }
    if (!schedule_.gating.on_activation) continue;
    std::int64_t* const live = &meetings.live[at(tap * windows)];
    for_tap_words(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap + tap, {0, pass.pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::int64_t window = pixel % deal.plane % windows;
                    for (std::int64_t i = 0; i < count; ++i) {
                      live[window] += words[i] != 0 ? 1 : 0;
                      if (++window == windows) window = 0;
                    }
                  });
  }
}

/// Each step is of the window whose turn it is.
void InnerProductTally::meet_in_turn(const TiledPass& pass, const InnerProductDeal& deal, std::int64_t fold,
                                     Meetings& meetings) const {
  const std::int64_t windows = schedule_.array.windows;
  std::int64_t number = fold * deal.images * deal.steps;
  for (std::int64_t image = 0; image < deal.images; ++image) {
    for (std::int64_t step = 0; step < deal.steps; ++step, ++number) {
      for (std::int64_t word = 0; word < deal.words_at(step); ++word) {
        const std::int64_t tap = deal.tap(step, word);
        const std::size_t index = at(tap * windows + number % windows);
        ++meetings.pixels[index];
        if (!schedule_.gating.on_activation) continue;
        for_tap_words(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap + tap, {image, 1},
                      [&](std::int64_t, const StoredWord* words, std::int64_t) {
                        meetings.live[index] += words[0] != 0 ? 1 : 0;
                      });
      }
    }
  }
}

InnerProductTally::Rows InnerProductTally::rows_of(const InnerProductDeal& deal, const Meetings& meetings) const {
  const std::int64_t windows = schedule_.array.windows;
  const std::int64_t macs = schedule_.array.rate.macs;
  Rows rows;
  rows.issues.assign(at(schedule_.array.rows()), 0);
  rows.macs = rows.zeros = rows.issues;
  rows.held.assign(at(windows), 0);
  for (std::int64_t step = 0; step < deal.steps; ++step) {
    for (std::int64_t word = 0; word < deal.words_at(step); ++word) {
      const std::int64_t first = deal.tap(step, word) * windows;
      for (std::int64_t window = 0; window < deal.windows; ++window) {
        const std::int64_t pixels = meetings.pixels[at(first + window)];
        const std::size_t index = at(row(window, word / macs));
        rows.macs[index] += pixels;
        if (schedule_.gating.on_activation) rows.zeros[index] += pixels - meetings.live[at(first + window)];
        if (word % macs == 0) rows.issues[index] += pixels;
        if (word == 0) rows.held[at(window)] += pixels;
      }
    }
  }
  return rows;
}

void InnerProductTally::add_fold(const InnerProductDeal& deal, const Rows& rows, std::int64_t fold, Span& span) {
  const std::int64_t filters = deal.filters_at(fold);
  for (std::int64_t window = 0; window < deal.windows; ++window) {
    for (std::int64_t lane = 0; lane < deal.lanes; ++lane) {
      const std::size_t index = at(row(window, lane));
      const std::int64_t busy = rows.issues[index] * deal.cycles;
      const std::int64_t without = rows.held[at(window)] * deal.cycles - busy;
      span.all.busy += filters * busy;
      span.all.lane += filters * without;
      for (std::int64_t column = 0; column < filters; ++column) {
        InnerProductPeCounts& counts = pe(row(window, lane), column);
        counts.busy += busy;
        counts.lane += without;
        counts.performed += rows.macs[index] - rows.zeros[index];
        counts.gated += rows.zeros[index];
      }
    }
  }
}

/// MACs with a weight of zero that their activation does not gate.
void InnerProductTally::add_gated_by_weight(const TiledPass& pass, const InnerProductDeal& deal,
                                            const Meetings& meetings, std::int64_t fold) {
  const std::int64_t windows = schedule_.array.windows;
  const std::vector<std::int64_t>& left = schedule_.gating.on_activation ? meetings.live : meetings.pixels;
  std::vector<std::int64_t> lanes(at(deal.taps));
  for (std::int64_t step = 0; step < deal.steps; ++step) {
    for (std::int64_t word = 0; word < deal.words_at(step); ++word) {
      lanes[at(deal.tap(step, word))] = word / schedule_.array.rate.macs;
    }
  }
  for (std::int64_t column = 0; column < deal.filters_at(fold); ++column) {
    const StoredWord* const own = weights(schedule_, pass, fold * deal.filters_a_fold + column);
    for (std::int64_t tap = 0; tap < deal.taps; ++tap) {
      if (!mac_.is_zero(own[tap])) continue;
      for (std::int64_t window = 0; window < deal.windows; ++window) {
        gate(pe(row(window, lanes[at(tap)]), column), left[at(tap * windows + window)]);
      }
    }
  }
}

/// Of PEs that take part in the pass.
void InnerProductTally::add_waits(const InnerProductDeal& deal, const std::vector<std::int64_t>& held, Span& span) {
  for (std::int64_t window = 0; window < deal.windows; ++window) {
    const std::int64_t free = deal.edges() - deal.tree_latency - held[at(window)] * deal.cycles;
    const std::int64_t turn = deal.staggered ? free : 0;  // else nothing is there for it: idle
    span.all.turn += deal.lanes * deal.columns * turn;
    span.all.tree += deal.lanes * deal.columns * deal.tree_latency;
    for (std::int64_t lane = 0; lane < deal.lanes; ++lane) {
      for (std::int64_t column = 0; column < deal.columns; ++column) {
        InnerProductPeCounts& counts = pe(row(window, lane), column);
        counts.turn += turn;
        counts.tree += deal.tree_latency;
        counts.link = link_;
        counts.weight = weight_;
      }
    }
  }
}

}  // namespace lacuna
