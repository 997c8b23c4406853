// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/gating.hpp"

#include <algorithm>
#include <numeric>

#include "hw/base/layer_shape.hpp"
#include "hw/mac/psum_block.hpp"

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

/// Words that the host compares at once: as many may be read behind the last word of an ifmap.
constexpr std::int64_t kLanes = 8;
static_assert(kLanes <= static_cast<std::int64_t>(PsumBlock::kReadAhead));

/// Adds one to non_zeros[k] where word k is not zero.
void count_non_zeros(const StoredWord* words, std::vector<std::int32_t>& non_zeros) {
  for (std::size_t k = 0; k < non_zeros.size(); ++k) non_zeros[k] += words[k] != 0 ? 1 : 0;
}

/// Taps of a filter row whose windows lie side by side in a row of the planes, each one word behind the one before.
struct TapRun {
  std::int64_t column;  ///< of the first tap
  std::int64_t taps;
  std::int64_t Ft;

  /// Words that the windows lie on.
  std::int64_t width() const { return taps - 1 + Ft; }
};

/// The taps of a filter row: those of a phase are a run; of a dilated filter, each tap is one.
std::vector<TapRun> tap_runs(const RowStationaryGrid& grid, std::int64_t Ft) {
  std::vector<TapRun> runs;
  for (std::int64_t s = 0; grid.D > 1 && s < grid.S; ++s) runs.push_back({s * grid.D, 1, Ft});
  for (std::int64_t phase = 0; grid.D == 1 && phase < std::min(grid.U, grid.S); ++phase) {
    runs.push_back({phase, ceil_div(grid.S - phase, grid.U), Ft});
  }
  return runs;
}

/// How many of the windows of all taps of the run meet one of the non-zeros.
std::int64_t windows_of(const TapRun& run, const std::int32_t* non_zeros) {
  std::int64_t of_tap = std::accumulate(non_zeros, non_zeros + run.Ft, 0);
  std::int64_t windows = of_tap;
  for (std::int64_t tap = 1; tap < run.taps; ++tap, ++non_zeros) {
    of_tap += non_zeros[run.Ft] - non_zeros[0];
    windows += of_tap;
  }
  return windows;
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

std::vector<std::int64_t> GatingCounter::windows_by_tap(const FeatureTile& tile, const RowStationaryPass& pass) const {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t lines = tile.channels * tile.rows;
  std::vector<std::int64_t> by_tap(static_cast<std::size_t>(lines * grid.S), 0);
  for (std::int64_t image = tile.image; image < tile.image + tile.images; ++image) {
    const PhasePlanes& ifmap = operands_.ifmap(image);
    std::int64_t* windows = by_tap.data();
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
  return by_tap;
}

std::vector<std::int64_t> GatingCounter::windows_by_group(const FeatureTile& tile,
                                                          const RowStationaryPass& pass) const {
  std::vector<std::int64_t> by_group(static_cast<std::size_t>(schedule_.grid.r * tile.rows), 0);
  FeatureTile group = tile;
  for (std::int64_t first = 0; first < tile.channels; first += pass.q) {
    group.channel = tile.channel + first;
    group.channels = std::min(pass.q, tile.channels - first);
    add_windows(group, pass, by_group.data() + first / pass.q * tile.rows);
  }
  return by_group;
}

/// Adds those of a group of channels, row by row. Rows that lie U apart stand side by side in the planes: they are
/// looked at together.
void GatingCounter::add_windows(const FeatureTile& group, const RowStationaryPass& pass, std::int64_t* by_row) const {
  const std::int64_t U = schedule_.grid.U;
  const std::int64_t pitch = operands_.ifmap(group.image).layout().pitch();
  const std::int64_t planes = group.images * group.channels;
  std::vector<std::int32_t> non_zeros;
  for (const TapRun& run : tap_runs(schedule_.grid, pass.Ft)) {
    for (std::int64_t row = 0; row < std::min(U, group.rows); ++row) {
      const std::int64_t words = (group.rows - 1 - row) / U * pitch + run.width();
      non_zeros.assign(static_cast<std::size_t>(ceil_div(words, kLanes) * kLanes), 0);
      for (std::int64_t plane = 0; plane < planes; ++plane) {
        const PhasePlanes& ifmap = operands_.ifmap(group.image + plane / group.channels);
        const std::int64_t channel = group.channel + plane % group.channels;
        count_non_zeros(ifmap.at(channel, group.row + row, run.column), non_zeros);
      }
      const std::int32_t* of_row = non_zeros.data();
      for (std::int64_t y = row; y < group.rows; y += U, of_row += pitch) by_row[y] += windows_of(run, of_row);
    }
  }
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
  std::fill(fillers_.begin(), fillers_.end(), 0);
  if (!schedule_.gating.on_activation) return;
  const auto [known, is_new] = looked_at_.try_emplace({tile.image, tile.channel, tile.row});
  tile_ = &known->second;
  if (!is_new) return;
  known->second.rows = tile.rows;
  if (schedule_.gating.on_weight) {
    known->second.by_tap = windows_by_tap(tile, pass);
  } else {
    known->second.by_group = windows_by_group(tile, pass);
  }
}

void GatingCounter::add(const RowStationaryPass& pass) {
  if (schedule_.gating.on_weight) {
    look_at_filters(pass);
    count_by_tap(pass);
    return;
  }
  slots_ += pass.p;
  for (std::int64_t ts = pass.filters / pass.p; ts < schedule_.grid.t; ++ts) {  // sets that are not full
    fillers_[static_cast<std::size_t>(ts)] += pass.p - std::max<std::int64_t>(pass.filters - ts * pass.p, 0);
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
  if (schedule_.gating.on_weight) return;
  for (std::int64_t i = 0; i < schedule_.grid.chain(); ++i) count_row(i);
}

void GatingCounter::count_row(std::int64_t i) {
  const RowStationaryGrid& grid = schedule_.grid;
  const PeRow row = row_of(pass_, i);
  const std::int64_t tap_windows = grid.S * pass_.n * pass_.Ft;  // of one channel
  const std::int64_t all = row.channels * tap_windows;
  const std::int64_t absent = slots_ * (pass_.q - row.channels) * tap_windows;  // of channels that are zero words
  const bool gates = schedule_.gating.on_activation;
  const std::int64_t absent_performed = gates ? 0 : absent;
  const std::int64_t* const ifmap_rows =
      gates ? tile_->by_group.data() + row.group * tile_->rows + grid.row_of(i, 0) : nullptr;
  PeCounts* const places = places_.data() + i * grid.e;
  for (std::int64_t j = 0; j < pass_.ev; ++j) {
    const std::int64_t live = gates ? ifmap_rows[grid.U * j] : all;
    places[j].performed += slots_ * live + absent_performed;
    places[j].gated += slots_ * (all - live) + absent - absent_performed;
    places[j].filler_performed += absent_performed;
    places[j].filler_gated += absent - absent_performed;
  }
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    const std::int64_t fillers = fillers_[static_cast<std::size_t>(ts)];
    if (fillers == 0) continue;
    for (std::int64_t j = 0; j < pass_.ev; ++j) {
      const std::int64_t live = gates ? ifmap_rows[grid.U * j] : all;
      PeCounts& pe = pes_[static_cast<std::size_t>(grid.pe(ts, i, j))];
      pe.filler_performed += fillers * live;
      pe.filler_gated += fillers * (all - live);
    }
  }
}

std::vector<PeCounts> GatingCounter::macs() const {
  std::vector<PeCounts> macs = pes_;
  for (std::size_t pe = 0; pe < macs.size(); ++pe) {
    const PeCounts& place = places_[pe % places_.size()];
    macs[pe].performed += place.performed;
    macs[pe].gated += place.gated;
    macs[pe].filler_performed += place.filler_performed;
    macs[pe].filler_gated += place.filler_gated;
  }
  return macs;
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
  const TapMacs filler = macs_of(schedule_.gating, {fillers, filler_is_zero_ ? 0 : fillers}, windows);
  counts.performed += work.performed + filler.performed;
  counts.gated += row.slots * all - work.performed - filler.performed;
  counts.filler_performed += filler.performed;
  counts.filler_gated += fillers * all - filler.performed;
  counts.gated_on_weight_alone += work.weight_alone + filler.weight_alone;
}

}  // namespace lacuna
