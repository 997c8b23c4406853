// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/gating.hpp"

#include <algorithm>

#include "hw/array/tap_words.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kFlagBits = 64;

std::int64_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::int64_t count = 0;
  for (std::size_t word = 0; word < a.size(); ++word) count += __builtin_popcountll(a[word] & b[word]);
  return count;
}

void set_flag(std::vector<std::uint64_t>& flags, std::int64_t index) {
  flags[static_cast<std::size_t>(index / kFlagBits)] |= std::uint64_t{1} << (index % kFlagBits);
}

std::vector<std::uint64_t> no_flags(std::int64_t count) {
  return std::vector<std::uint64_t>(static_cast<std::size_t>(ceil_div(count, kFlagBits)), 0);
}

}  // namespace

void SystolicGatingCounter::count(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) {
  look_at_ifmap(pass);
  look_at_filters(pass);
  switch (schedule_.array.dataflow) {
    case SystolicDataflow::output_stationary:
      count_stationary_psums(pass, fold, macs);
      break;
    case SystolicDataflow::weight_stationary:
      count_stationary_weights(pass, fold, macs);
      break;
    case SystolicDataflow::input_stationary:
      count_stationary_activations(pass, fold, macs);
      break;
  }
  const bool filler_gates = schedule_.gating.on_activation || (schedule_.gating.on_weight && filler_is_zero_);
  for (auto i = static_cast<std::size_t>(fold.real_rows); i < static_cast<std::size_t>(fold.rows); ++i) {
    macs.filler_by_row[i] += fold.steps;
    if (filler_gates) continue;
    macs.by_row[i] += fold.steps;
    macs.filler_performed_by_row[i] += fold.steps;
  }
}

const StoredWord* SystolicGatingCounter::weights(const SystolicPass& pass, std::int64_t j) const {
  const LayerShape& shape = schedule_.shape();
  return operands_.filters().data() + (schedule_.first_filter(pass) + j) * shape.C * shape.R * shape.S + pass.tap;
}

void SystolicGatingCounter::look_at_ifmap(const SystolicPass& pass) {
  if (!schedule_.gating.on_activation || pass.ifmap_tile == ifmap_tile_) return;
  ifmap_tile_ = pass.ifmap_tile;
  if (schedule_.array.dataflow == SystolicDataflow::input_stationary) return;  // looked at fold by fold
  const FeatureTile& tile = schedule_.ifmap_tile(pass);
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const LayerShape& shape = schedule_.shape();
  const std::int64_t pixels = ofmap.images * ofmap.rows * ofmap.columns;
  const std::int64_t taps = tile.channels * shape.R * shape.S;
  first_tap_ = tile.channel % shape.C * shape.R * shape.S;
  if (schedule_.array.dataflow == SystolicDataflow::weight_stationary) {
    live_of_tap_ = live_by_tap(operands_, shape, ofmap, first_tap_, taps);
    return;
  }
  const bool by_flags = schedule_.gating.on_weight;
  live_of_pixel_.assign(static_cast<std::size_t>(pixels), 0);
  if (by_flags) flags_of_pixel_.assign(static_cast<std::size_t>(pixels), no_flags(taps));
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for_tap_words(operands_, shape, ofmap, first_tap_ + tap, {0, pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::int32_t* const live = live_of_pixel_.data() + pixel;
                    for (std::int64_t x = 0; x < count; ++x) live[x] += words[x] != 0 ? 1 : 0;
                    for (std::int64_t x = 0; by_flags && x < count; ++x) {
                      if (words[x] != 0) set_flag(flags_of_pixel_[static_cast<std::size_t>(pixel + x)], tap);
                    }
                  });
  }
}

void SystolicGatingCounter::look_at_filters(const SystolicPass& pass) {
  if (!schedule_.gating.on_weight || pass.filter_tile == filter_tile_) return;
  filter_tile_ = pass.filter_tile;
  if (schedule_.array.dataflow == SystolicDataflow::weight_stationary) return;  // looked at fold by fold
  const bool by_flags = schedule_.array.output_stationary() && schedule_.gating.on_activation;
  weights_of_tap_.assign(static_cast<std::size_t>(pass.taps), 0);
  weights_of_filter_.assign(static_cast<std::size_t>(pass.filters), 0);
  if (by_flags) flags_of_filter_.assign(static_cast<std::size_t>(pass.filters), no_flags(pass.taps));
  for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
    const StoredWord* const words = weights(pass, filter);
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
      if (mac_.is_zero(words[tap])) continue;
      ++weights_of_tap_[static_cast<std::size_t>(tap)];
      ++weights_of_filter_[static_cast<std::size_t>(filter)];
      if (by_flags) set_flag(flags_of_filter_[static_cast<std::size_t>(filter)], tap);
    }
  }
}

void SystolicGatingCounter::count_stationary_weights(const SystolicPass& pass, const SystolicFold& fold,
                                                     SystolicMacs& macs) const {
  const auto live = [&](std::int64_t i) {
    return schedule_.gating.on_activation ? live_of_tap_[static_cast<std::size_t>(pass.tap + i - first_tap_)]
                                          : fold.steps;
  };
  if (!schedule_.gating.on_weight) {
    for (std::int64_t i = 0; i < fold.real_rows; ++i) macs.by_row[static_cast<std::size_t>(i)] += live(i);
    return;
  }
  for (std::int64_t j = 0; j < fold.columns; ++j) {
    const StoredWord* const words = weights(pass, j);
    for (std::int64_t i = 0; i < fold.real_rows; ++i) {
      if (!mac_.is_zero(words[i])) macs.pe(i, j) += live(i);
    }
  }
}

void SystolicGatingCounter::count_stationary_activations(const SystolicPass& pass, const SystolicFold& fold,
                                                         SystolicMacs& macs) const {
  for (std::int64_t i = 0; i < fold.real_rows; ++i) {
    const std::int64_t live = schedule_.gating.on_weight ? weights_of_tap_[static_cast<std::size_t>(i)] : fold.steps;
    if (!schedule_.gating.on_activation) {
      macs.by_row[static_cast<std::size_t>(i)] += live;
      continue;
    }
    for_tap_words(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap + i, {pass.pixel, pass.pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::int64_t* const performed = &macs.pe(i, pixel - pass.pixel);
                    for (std::int64_t x = 0; x < count; ++x) performed[x] += words[x] != 0 ? live : 0;
                  });
  }
}

void SystolicGatingCounter::count_stationary_psums(const SystolicPass& pass, const SystolicFold& fold,
                                                   SystolicMacs& macs) const {
  const Gating& gating = schedule_.gating;
  if (gating.on_weight && !gating.on_activation) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(fold.columns); ++j) macs.by_column[j] += weights_of_filter_[j];
    return;
  }
  for (std::int64_t i = 0; i < fold.rows; ++i) {
    const auto pixel = static_cast<std::size_t>(pass.pixel + i);
    if (!gating.on_weight) {
      macs.by_row[static_cast<std::size_t>(i)] += gating.on_activation ? live_of_pixel_[pixel] : fold.steps;
      continue;
    }
    for (std::int64_t j = 0; j < fold.columns; ++j) {
      macs.pe(i, j) += common(flags_of_pixel_[pixel], flags_of_filter_[static_cast<std::size_t>(j)]);
    }
  }
}

}  // namespace lacuna
