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

/// The taps of a filter row whose windows lie in one phase of an ifmap row: s = phase, phase + U, ... below S.
struct PhaseTaps {
  std::int64_t U;
  std::int64_t phase;
  std::int64_t S;
  std::int64_t Ft;
};

/// Adds to windows[s] how many of Ft windows meet a non-zero word with tap s: they are Ft words side by side, from word
/// s / U of the phase on.
void count_windows(const StoredWord* words, const PhaseTaps& taps, std::int64_t* windows) {
  constexpr std::int64_t kBits = 64;
  const std::int64_t width = (taps.S - 1 - taps.phase) / taps.U + taps.Ft;
  if (width > kBits) {
    for (std::int64_t s = taps.phase; s < taps.S; s += taps.U, ++words) {
      windows[s] += taps.Ft - std::count(words, words + taps.Ft, StoredWord{0});
    }
    return;
  }
  std::uint64_t mask = 0;
  for (std::int64_t x = 0; x < width; ++x) mask |= (words[x] != 0 ? std::uint64_t{1} : 0) << x;
  const std::uint64_t window = ~std::uint64_t{0} >> (kBits - taps.Ft);
  for (std::int64_t s = taps.phase; s < taps.S; s += taps.U, mask >>= 1) {
    windows[s] += __builtin_popcountll(mask & window);
  }
}

/// MACs that are issued with data, and those that only a zero weight holds back.
struct TapMacs {
  std::int64_t performed = 0;
  std::int64_t weight_alone = 0;
};

/// Where weights gate.
TapMacs macs_of(const Gating& gating, const Filters& filters, const Windows& windows) {
  const std::int64_t live_windows = gating.on_activation ? windows.non_zero : windows.all;
  return {filters.non_zero * live_windows, (filters.all - filters.non_zero) * live_windows};
}

}  // namespace

GatingCounter::TileWindows GatingCounter::look_at(const FeatureTile& tile, const RowStationaryPass& pass) const {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t lines = tile.channels * tile.rows;
  TileWindows result;
  result.rows = tile.rows;
  result.by_tap.assign(static_cast<std::size_t>(lines * grid.S), 0);
  for (std::int64_t image = tile.image; image < tile.image + tile.images; ++image) {
    const PhasePlanes& ifmap = operands_.ifmap(image);
    std::int64_t* windows = result.by_tap.data();
    for (std::int64_t line = 0; line < lines; ++line, windows += grid.S) {
      const std::int64_t channel = tile.channel + line / tile.rows;
      const std::int64_t row = tile.row + line % tile.rows;
      for (std::int64_t s = 0; grid.D > 1 && s < grid.S; ++s) {
        const StoredWord* const words = ifmap.at(channel, row, s * grid.D);
        windows[s] += pass.Ft - std::count(words, words + pass.Ft, StoredWord{0});
      }
      for (std::int64_t phase = 0; grid.D == 1 && phase < std::min(grid.U, grid.S); ++phase) {
        const StoredWord* const words = ifmap.at(channel, row, phase);
        count_windows(words, {grid.U, phase, grid.S, pass.Ft}, windows);
      }
    }
  }
  result.by_group.assign(static_cast<std::size_t>(grid.r * tile.rows), 0);
  for (std::int64_t line = 0; line < lines; ++line) {
    const std::int64_t group = line / tile.rows / pass.q;
    std::int64_t& sum = result.by_group[static_cast<std::size_t>(group * tile.rows + line % tile.rows)];
    for (std::int64_t s = 0; s < grid.S; ++s) sum += result.by_tap[static_cast<std::size_t>(line * grid.S + s)];
  }
  return result;
}

void GatingCounter::look_at_filters(const RowStationaryPass& pass) {
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

void GatingCounter::begin_tile(const FeatureTile& tile, const RowStationaryPass& pass) {
  pass_ = pass;
  slots_ = 0;
  std::fill(filters_.begin(), filters_.end(), 0);
  if (!schedule_.gating.on_activation) return;
  const std::array<std::int64_t, 3> place{tile.image, tile.channel, tile.row};
  auto known = looked_at_.find(place);
  if (known == looked_at_.end()) known = looked_at_.emplace(place, look_at(tile, pass)).first;
  tile_ = &known->second;
}

void GatingCounter::add(const RowStationaryPass& pass) {
  if (schedule_.gating.on_weight) {
    look_at_filters(pass);
    count_by_tap(pass);
    return;
  }
  slots_ += pass.p;
  for (std::int64_t ts = 0; ts < schedule_.grid.t; ++ts) {
    filters_[static_cast<std::size_t>(ts)] += std::clamp(pass.filters - ts * pass.p, std::int64_t{0}, pass.p);
  }
}

GatingCounter::PeRow GatingCounter::row_of(const RowStationaryPass& pass, std::int64_t i) const {
  PeRow row;
  row.group = i / schedule_.grid.R;
  row.channels = std::clamp(pass.channels - row.group * pass.q, std::int64_t{0}, pass.q);
  return row;
}

/// Where weights do not gate, the filters of all passes on a tile do the same.
void GatingCounter::end_tile() {
  const RowStationaryGrid& grid = schedule_.grid;
  if (schedule_.gating.on_weight) return;
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      PeRow row = row_of(pass_, i);
      row.slots = slots_;
      row.filters = filters_[static_cast<std::size_t>(ts)];
      for (std::int64_t j = 0; j < pass_.ev; ++j) {
        count_row(row, grid.row_of(i, j), pes_[static_cast<std::size_t>(grid.pe(ts, i, j))]);
      }
    }
  }
}

void GatingCounter::count_row(const PeRow& row, std::int64_t ifmap_row, PeCounts& counts) const {
  const std::int64_t tap_windows = schedule_.grid.S * pass_.n * pass_.Ft;  // of one channel
  const std::int64_t all = row.channels * tap_windows;
  const std::int64_t absent = (pass_.q - row.channels) * tap_windows;  // of channels that are zero words
  const bool gates = schedule_.gating.on_activation;
  const std::int64_t live =
      gates ? tile_->by_group[static_cast<std::size_t>(row.group * tile_->rows + ifmap_row)] : all;
  const std::int64_t fillers = row.slots - row.filters;
  const std::int64_t filler_performed = fillers * live + (gates ? 0 : row.slots * absent);
  const std::int64_t performed = row.filters * live + filler_performed;
  counts.performed += performed;
  counts.gated += row.slots * (all + absent) - performed;
  counts.filler_performed += filler_performed;
  counts.filler_gated += fillers * all + row.slots * absent - filler_performed;
}

/// Where weights gate, each pass has filters of its own.
void GatingCounter::count_by_tap(const RowStationaryPass& pass) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t taps = pass.q * grid.S;
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      PeRow row = row_of(pass, i);
      row.slots = pass.p;
      row.filters = std::clamp(pass.filters - ts * pass.p, std::int64_t{0}, pass.p);
      row.weights = weights_.data() + (ts * grid.chain() + i) * taps;
      for (std::int64_t j = 0; j < pass.ev; ++j) {
        PeCounts& counts = pes_[static_cast<std::size_t>(grid.pe(ts, i, j))];
        for (std::int64_t tap = 0; tap < taps; ++tap) count_tap(row, tap, grid.row_of(i, j), counts);
      }
    }
  }
}

void GatingCounter::count_tap(const PeRow& row, std::int64_t tap, std::int64_t ifmap_row, PeCounts& counts) const {
  const std::int64_t all = pass_.n * pass_.Ft;
  const std::int64_t c = tap % pass_.q;
  const bool real_channel = c < row.channels;
  const bool looked_at = real_channel && schedule_.gating.on_activation;
  const Windows windows{all, looked_at ? this->windows(row.group * pass_.q + c, ifmap_row, tap / pass_.q) : 0};
  const Filters real{real_channel ? row.filters : 0, real_channel ? row.weights[tap] : 0};
  const std::int64_t fillers = row.slots - real.all;
  const TapMacs work = macs_of(schedule_.gating, real, windows);
  const TapMacs filler = macs_of(schedule_.gating, {fillers, mac_.is_zero(0) ? 0 : fillers}, windows);
  counts.performed += work.performed + filler.performed;
  counts.gated += row.slots * all - work.performed - filler.performed;
  counts.filler_performed += filler.performed;
  counts.filler_gated += fillers * all - filler.performed;
  counts.gated_on_weight_alone += work.weight_alone + filler.weight_alone;
}

}  // namespace lacuna
