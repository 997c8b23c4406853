// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/gating.hpp"

#include <algorithm>

namespace lacuna {

namespace {

/// A number of filters, and how many of them have a weight that is not worth zero.
struct Filters {
  std::int64_t all = 0;
  std::int64_t non_zero = 0;
};

/// A number of windows, and how many of them meet a non-zero ifmap word.
struct Windows {
  std::int64_t all = 0;
  std::int64_t non_zero = 0;
};

/// MACs that are issued with data, and those that only a zero weight holds back.
struct TapMacs {
  std::int64_t performed = 0;
  std::int64_t weight_alone = 0;
};

TapMacs macs_of(const Gating& gating, const Filters& filters, const Windows& windows) {
  const std::int64_t live_windows = gating.on_activation ? windows.non_zero : windows.all;
  if (!gating.on_weight) return {filters.all * live_windows, 0};
  return {filters.non_zero * live_windows, (filters.all - filters.non_zero) * live_windows};
}

}  // namespace

void GatingCounter::look_at_ifmap(const FeatureTile& tile) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t Ft = schedule_.pass_list.front().Ft;
  rows_ = tile.rows;
  windows_.assign(static_cast<std::size_t>(tile.channels * tile.rows * grid.S), 0);
  for (std::int64_t image = tile.image; image < tile.image + tile.images; ++image) {
    const PhasePlanes& ifmap = operands_.ifmap(image);
    std::int64_t* windows = windows_.data();
    for (std::int64_t line = 0; line < tile.channels * tile.rows; ++line) {
      for (std::int64_t s = 0; s < grid.S; ++s) {
        const StoredWord* const words = ifmap.at(tile.channel + line / tile.rows, tile.row + line % tile.rows, s);
        *windows++ += Ft - std::count(words, words + Ft, StoredWord{0});
      }
    }
  }
}

void GatingCounter::look_at_filters(const RowStationaryPass& pass) {
  if (!schedule_.gating.on_weight) return;
  const RowStationaryGrid& grid = schedule_.grid;
  const RowStationarySchedule::FilterTile& tile = schedule_.filter_tile(pass.filter_tile);
  const std::int64_t taps = pass.q * grid.S;
  const Span<const StoredWord> filters = operands_.filters();
  weights_.assign(static_cast<std::size_t>(grid.t * grid.chain() * taps), 0);
  for (std::int64_t f = 0; f < pass.filters; ++f) {
    std::int64_t* const set = weights_.data() + f / pass.p * grid.chain() * taps;
    const StoredWord* weight =
        filters.data() + ((tile.filter + f) * schedule_.shape().C + tile.channel) * grid.R * grid.S;
    for (std::int64_t c = 0; c < pass.channels; ++c) {
      for (std::int64_t ri = 0; ri < grid.R; ++ri) {
        std::int64_t* const counts = set + (c / pass.q * grid.R + ri) * taps + c % pass.q;
        for (std::int64_t s = 0; s < grid.S; ++s) counts[s * pass.q] += mac_.is_zero(*weight++) ? 0 : 1;
      }
    }
  }
}

PassMacs GatingCounter::count(const RowStationaryPass& pass, std::int64_t ts, std::int64_t i, std::int64_t j) const {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t taps = pass.q * grid.S;
  const std::int64_t row = i % grid.R + grid.U * j;
  const std::int64_t filters = std::clamp(pass.filters - ts * pass.p, std::int64_t{0}, pass.p);
  const bool filler_weights_gate = schedule_.gating.on_weight && mac_.is_zero(0);
  PassMacs macs;
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    const std::int64_t channel = i / grid.R * pass.q + tap % pass.q;
    const bool real_channel = channel < pass.channels;
    const Windows windows{pass.n * pass.Ft, real_channel ? this->windows(channel, row, tap / pass.q) : 0};
    Filters real{real_channel ? filters : 0, 0};
    if (real_channel && schedule_.gating.on_weight) {
      real.non_zero = weights_[static_cast<std::size_t>((ts * grid.chain() + i) * taps + tap)];
    }
    const std::int64_t fillers = pass.p - real.all;
    const TapMacs work = macs_of(schedule_.gating, real, windows);
    const TapMacs filler = macs_of(schedule_.gating, {fillers, filler_weights_gate ? 0 : fillers}, windows);
    macs.performed += work.performed + filler.performed;
    macs.gated += pass.p * windows.all - work.performed - filler.performed;
    macs.filler_performed += filler.performed;
    macs.filler_gated += fillers * windows.all - filler.performed;
    macs.gated_on_weight_alone += work.weight_alone + filler.weight_alone;
  }
  return macs;
}

}  // namespace lacuna
