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

void GatingCounter::look_at_ifmap(const FeatureTile& tile, const Word* words) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t Ft = schedule_.pass_list.front().Ft;
  rows_ = tile.rows;
  windows_.assign(static_cast<std::size_t>(tile.channels * tile.rows * grid.S), 0);
  const std::int64_t lines = tile.channels * tile.rows;
  for (std::int64_t line = 0; line < tile.images * lines; ++line) {
    const Word* const row = words + line * tile.columns;
    std::int64_t* const counts = windows_.data() + line % lines * grid.S;
    for (std::int64_t s = 0; s < grid.S; ++s) {
      std::int64_t non_zero = 0;
      for (std::int64_t x = 0; x < Ft; ++x) non_zero += row[x * grid.U + s] != 0 ? 1 : 0;
      counts[s] += non_zero;
    }
  }
}

void GatingCounter::look_at_filters(const RowStationaryPass& pass, const Word* words) {
  if (!schedule_.gating.on_weight) return;
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t taps = pass.q * grid.S;
  weights_.assign(static_cast<std::size_t>(grid.t * grid.chain() * taps), 0);
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      std::int64_t* const counts = weights_.data() + (ts * grid.chain() + i) * taps;
      const std::int64_t channels = std::clamp(pass.channels - i / grid.R * pass.q, std::int64_t{0}, pass.q);
      for (std::int64_t f = ts * pass.p; f < std::min((ts + 1) * pass.p, pass.filters); ++f) {
        for (std::int64_t s = 0; s < grid.S; ++s) {
          for (std::int64_t c = 0; c < channels; ++c) counts[s * pass.q + c] += mac_.is_zero(*words++) ? 0 : 1;
        }
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
