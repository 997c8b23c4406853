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

/// As common(), but groups of `size` flags, a power of two, in which there is any.
std::int64_t common_groups(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b,
                           std::int64_t size) {
  const std::uint64_t firsts = ~std::uint64_t{0} / ((std::uint64_t{1} << size) - 1);
  std::int64_t count = 0;
  for (std::size_t word = 0; word < a.size(); ++word) {
    std::uint64_t any = a[word] & b[word];
    for (std::int64_t half = 1; half < size; half *= 2) any |= any >> half;
    count += __builtin_popcountll(any & firsts);
  }
  return count;
}

/// Flags that a group of so many taps takes.
std::int64_t padded(std::int64_t taps) {
  std::int64_t size = 1;
  while (size < taps) size *= 2;
  return size;
}

void set_flag(std::vector<std::uint64_t>& flags, std::int64_t index) {
  flags[static_cast<std::size_t>(index / kFlagBits)] |= std::uint64_t{1} << (index % kFlagBits);
}

std::vector<std::uint64_t> no_flags(std::int64_t count) {
  return std::vector<std::uint64_t>(static_cast<std::size_t>(ceil_div(count, kFlagBits)), 0);
}

}  // namespace

SystolicGatingCounter::SystolicGatingCounter(const SystolicSchedule& schedule, const ArraySetup& setup)
    : schedule_(schedule),
      mac_(*setup.mac),
      operands_(*setup.operands),
      filler_is_zero_(setup.filler_is_zero),
      group_(schedule.array.rate.macs),
      group_flags_(padded(group_)) {}

std::int64_t SystolicGatingCounter::count(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) {
  look_at_ifmap(pass);
  look_at_filters(pass);
  std::int64_t accumulations = 0;
  switch (schedule_.array.dataflow) {
    case SystolicDataflow::output_stationary:
      accumulations = count_stationary_psums(pass, fold, macs);
      break;
    case SystolicDataflow::weight_stationary:
      count_stationary_weights(pass, fold, macs);
      break;
    case SystolicDataflow::input_stationary:
      count_stationary_activations(pass, fold, macs);
      break;
  }
  count_filler(fold, macs);
  return accumulations;
}

bool SystolicGatingCounter::filler_gates() const {
  return schedule_.gating.on_activation || (schedule_.gating.on_weight && filler_is_zero_);
}

void SystolicGatingCounter::count_filler(const SystolicFold& fold, SystolicMacs& macs) const {
  for (std::int64_t row = fold.taps_are_rows ? fold.real_rows - 1 : 0; row < fold.rows; ++row) {
    const std::int64_t filler =
        fold.taps_are_rows ? fold.steps * (group_ - fold.taps_of(row)) : fold.macs() - fold.taps;
    const auto i = static_cast<std::size_t>(row);
    macs.filler_by_row[i] += filler;
    if (filler_gates()) continue;
    macs.by_row[i] += filler;
    macs.filler_performed_by_row[i] += filler;
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
  look_at_pixels(ofmap, pixels, taps);
}

void SystolicGatingCounter::look_at_pixels(const FeatureTile& ofmap, std::int64_t pixels, std::int64_t taps) {
  const LayerShape& shape = schedule_.shape();
  const bool by_flags = schedule_.gating.on_weight;
  live_of_pixel_.assign(static_cast<std::size_t>(pixels), 0);
  live_groups_of_pixel_ = live_of_pixel_;
  std::vector<std::int32_t> live_before = live_of_pixel_;  // a group of taps
  if (by_flags) flags_of_pixel_.assign(static_cast<std::size_t>(pixels), no_flags(flag_of(taps - 1) + 1));
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for_tap_words(operands_, shape, ofmap, first_tap_ + tap, {0, pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::int32_t* const live = live_of_pixel_.data() + pixel;
                    for (std::int64_t x = 0; x < count; ++x) live[x] += words[x] != 0 ? 1 : 0;
                    for (std::int64_t x = 0; by_flags && x < count; ++x) {
                      if (words[x] != 0) set_flag(flags_of_pixel_[static_cast<std::size_t>(pixel + x)], flag_of(tap));
                    }
                  });
    const bool ends_group = tap + 1 == taps || (tap + 1) % group_ == 0;
    if (ends_group && group_ > 1) count_live_groups(live_before);
  }
  if (group_ == 1) live_groups_of_pixel_ = live_of_pixel_;
}

void SystolicGatingCounter::count_live_groups(std::vector<std::int32_t>& live_before) {
  for (std::size_t pixel = 0; pixel < live_before.size(); ++pixel) {
    live_groups_of_pixel_[pixel] += live_of_pixel_[pixel] != live_before[pixel] ? 1 : 0;
  }
  live_before = live_of_pixel_;
}

void SystolicGatingCounter::look_at_filters(const SystolicPass& pass) {
  if (!schedule_.gating.on_weight || pass.filter_tile == filter_tile_) return;
  filter_tile_ = pass.filter_tile;
  if (schedule_.array.dataflow == SystolicDataflow::weight_stationary) return;  // looked at fold by fold
  const bool by_flags = schedule_.array.output_stationary() && schedule_.gating.on_activation;
  weights_of_tap_.assign(static_cast<std::size_t>(pass.taps), 0);
  weights_of_filter_.assign(static_cast<std::size_t>(pass.filters), 0);
  weight_groups_of_filter_ = weights_of_filter_;
  if (by_flags) flags_of_filter_.assign(static_cast<std::size_t>(pass.filters), no_flags(flag_of(pass.taps - 1) + 1));
  for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
    const StoredWord* const words = weights(pass, filter);
    std::int64_t last_group = -1;  // with a weight
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
      if (mac_.is_zero(words[tap])) continue;
      ++weights_of_tap_[static_cast<std::size_t>(tap)];
      ++weights_of_filter_[static_cast<std::size_t>(filter)];
      weight_groups_of_filter_[static_cast<std::size_t>(filter)] += tap / group_ != last_group ? 1 : 0;
      last_group = tap / group_;
      if (by_flags) set_flag(flags_of_filter_[static_cast<std::size_t>(filter)], flag_of(tap));
    }
    // Filler that is performed is accumulated as well.
    const bool performs_filler = !filler_gates() && pass.taps % group_ != 0;
    const bool by_filler_alone = performs_filler && last_group != pass.taps / group_;
    weight_groups_of_filter_[static_cast<std::size_t>(filter)] += by_filler_alone ? 1 : 0;
  }
}

void SystolicGatingCounter::count_stationary_weights(const SystolicPass& pass, const SystolicFold& fold,
                                                     SystolicMacs& macs) const {
  const auto live = [&](std::int64_t tap) {
    return schedule_.gating.on_activation ? live_of_tap_[static_cast<std::size_t>(pass.tap + tap - first_tap_)]
                                          : fold.steps;
  };
  if (!schedule_.gating.on_weight) {
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) macs.by_row[static_cast<std::size_t>(tap / group_)] += live(tap);
    return;
  }
  for (std::int64_t j = 0; j < fold.columns; ++j) {
    const StoredWord* const words = weights(pass, j);
    for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
      if (!mac_.is_zero(words[tap])) macs.pe(tap / group_, j) += live(tap);
    }
  }
}

void SystolicGatingCounter::count_stationary_activations(const SystolicPass& pass, const SystolicFold& fold,
                                                         SystolicMacs& macs) const {
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    const std::int64_t i = tap / group_;
    const std::int64_t live = schedule_.gating.on_weight ? weights_of_tap_[static_cast<std::size_t>(tap)] : fold.steps;
    if (!schedule_.gating.on_activation) {
      macs.by_row[static_cast<std::size_t>(i)] += live;
      continue;
    }
    for_tap_words(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap + tap, {pass.pixel, pass.pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::int64_t* const performed = &macs.pe(i, pixel - pass.pixel);
                    for (std::int64_t x = 0; x < count; ++x) performed[x] += words[x] != 0 ? live : 0;
                  });
  }
}

std::int64_t SystolicGatingCounter::count_stationary_psums(const SystolicPass& pass, const SystolicFold& fold,
                                                           SystolicMacs& macs) const {
  const Gating& gating = schedule_.gating;
  std::int64_t accumulations = 0;
  if (gating.on_weight && !gating.on_activation) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(fold.columns); ++j) {
      macs.by_column[j] += weights_of_filter_[j];
      accumulations += weight_groups_of_filter_[j] * fold.rows;
    }
    return accumulations;
  }
  for (std::int64_t i = 0; i < fold.rows; ++i) {
    const auto pixel = static_cast<std::size_t>(pass.pixel + i);
    if (!gating.on_weight) {
      macs.by_row[static_cast<std::size_t>(i)] += gating.on_activation ? live_of_pixel_[pixel] : pass.taps;
      accumulations += (gating.on_activation ? live_groups_of_pixel_[pixel] : fold.steps) * fold.columns;
      continue;
    }
    for (std::int64_t j = 0; j < fold.columns; ++j) {
      const Flags& of_filter = flags_of_filter_[static_cast<std::size_t>(j)];
      const std::int64_t performed = common(flags_of_pixel_[pixel], of_filter);
      macs.pe(i, j) += performed;
      accumulations += group_ == 1 ? performed : common_groups(flags_of_pixel_[pixel], of_filter, group_flags_);
    }
  }
  return accumulations;
}

}  // namespace lacuna
