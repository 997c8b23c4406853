// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/layer_psums.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "hw/base/error.hpp"
#include "hw/mac/sign_sums.hpp"

namespace lacuna {

namespace {

/// Filters that stay in the inner caches while one image after the other meets them.
constexpr std::int64_t kChunkWords = 1 << 17;
/// Filters that the vector code takes at once: of integers, and of float psums where lanes are filters.
constexpr std::int64_t kFilterStep = 4;
constexpr std::int64_t kFloatFilterStep = 64;
/// Weights that are known as signs take less room.
constexpr std::int64_t kSignsInAWord = 16;

void check_order(const LayerShape& shape, const AccumulationOrder& order) {
  std::vector<char> seen(static_cast<std::size_t>(shape.C * shape.R * shape.S), 0);
  std::size_t taps = 0;
  for (const std::vector<std::int64_t>& segment : order) {
    for (const std::int64_t tap : segment) {
      if (tap < 0 || tap >= static_cast<std::int64_t>(seen.size()) || seen[static_cast<std::size_t>(tap)] != 0)
        fail_run("an accumulation order has a tap that the filter does not have, or has it twice");
      seen[static_cast<std::size_t>(tap)] = 1;
      ++taps;
    }
  }
  if (taps != seen.size()) {
    fail_run("an accumulation order has " + std::to_string(taps) + " of the " + std::to_string(seen.size()) +
             " taps of the filter");
  }
}

}  // namespace

std::vector<StoredWord> tap_major(Span<const StoredWord> weights, std::int64_t filters) {
  constexpr std::size_t kBlock = 64;  // filters at a time: so many lines of the host's cache are filled side by side
  const auto count = static_cast<std::size_t>(filters);
  const std::size_t taps = weights.size() / count;
  std::vector<StoredWord> words(weights.size());
  for (std::size_t first = 0; first < count; first += kBlock) {
    for (std::size_t tap = 0; tap < taps; ++tap) {
      for (std::size_t f = first; f < std::min(first + kBlock, count); ++f) {
        words[tap * count + f] = weights[f * taps + tap];
      }
    }
  }
  return words;
}

LayerPsums::LayerPsums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic,
                       const AccumulationOrder* order, Span<const StoredWord> weights)
    : shape_(shape), mac_(mac), arithmetic_(arithmetic), order_(order), weights_(weights) {
  if (static_cast<std::int64_t>(weights.size()) != shape.filter_words()) {
    fail_run("a layer of " + std::to_string(shape.filter_words()) + " filter words was given " +
             std::to_string(weights.size()));
  }
  const PhaseLayout layout(shape);
  tap_offsets_.reserve(static_cast<std::size_t>(taps()));
  for (std::int64_t c = 0; c < shape.C; ++c) {
    for (std::int64_t r = 0; r < shape.R; ++r) {
      for (std::int64_t s = 0; s < shape.S; ++s) {
        tap_offsets_.push_back(static_cast<std::int32_t>(layout.index(c, r * shape.D, s * shape.D)));
      }
    }
  }
  if (!arithmetic.in_order()) return;
  if (order == nullptr) fail_run("additions saturate or round: the psums need the order in which the array adds");
  check_order(shape, *order);
}

/// Whether no partial sum of the channel's products can leave the accumulator's range, whatever the order, with
/// activations of at most `largest` in magnitude.
bool LayerPsums::cannot_saturate(std::int64_t channel, std::int64_t largest) const {
  const std::int64_t limit = (std::int64_t{1} << (arithmetic_.accumulator_bits - 1)) - 1;
  std::int64_t sum = 0;
  const auto filter_words = static_cast<std::size_t>(taps());
  for (const StoredWord weight : weights_.subspan(static_cast<std::size_t>(channel) * filter_words, filter_words)) {
    sum += shift_round(largest * std::abs(mac_.worth(weight)), arithmetic_.product_shift);
    if (sum > limit) return false;
  }
  return true;
}

const StoredWord* LayerPsums::signs_from(std::int64_t channel) const {
  if (signs_.empty()) return nullptr;
  return signs_.data() + static_cast<std::size_t>(channel) * sign_words(static_cast<std::size_t>(taps()));
}

/// One output, whose activations lie in the order of the taps.
bool LayerPsums::may_sum_by_tap() const {
  const bool has_way = arithmetic_.in_order() ? mac_.orders_tap_major() : signs_.empty();
  return !weights_by_tap_.empty() && has_way && shape_.G == 1 && shape_.U == 1 && shape_.D == 1 && shape_.E() == 1 &&
         shape_.F() == 1;
}

void LayerPsums::compute(const PsumRegion& region, Span<const PhasePlanes* const> images,
                         Span<Word* const> psums) const {
  if (may_sum_by_tap()) {
    TapMajorBlock block;
    block.weights = weights_by_tap_.data() + region.channel;
    block.tap_pitch = shape_.M;
    block.filters = static_cast<std::size_t>(region.channels);
    for (std::size_t image = 0; image < images.size(); ++image) {
      block.activations = {images[image]->at(0, 0, 0), static_cast<std::size_t>(taps())};
      block.psums = psums[image];
      arithmetic_.in_order() ? mac_.sum_in_order(block, *order_) : mac_.sum(block);
    }
    return;
  }
  std::vector<std::int64_t> largest;
  for (const PhasePlanes* planes : images) largest.push_back(arithmetic_.saturate ? planes->largest() : 0);
  const std::int64_t step = arithmetic_.form == PsumForm::integer ? kFilterStep : kFloatFilterStep;
  const std::int64_t chunk_words = signs_.empty() ? kChunkWords : kChunkWords * kSignsInAWord;
  const std::int64_t most_filters = std::max(step, chunk_words / taps() / step * step);
  const std::int64_t group_filters = shape_.M / shape_.G;
  const std::int64_t end = region.channel + region.channels;
  PsumRegion chunk = region;
  for (; chunk.channel < end; chunk.channel += chunk.channels) {
    const std::int64_t group_end = (chunk.channel / group_filters + 1) * group_filters;
    chunk.channels = std::min({most_filters, end - chunk.channel, group_end - chunk.channel});
    const std::int64_t before = (chunk.channel - region.channel) * region.rows * shape_.F();
    for (std::size_t image = 0; image < images.size(); ++image) {
      compute_channels(chunk, *images[image], largest[image], psums[image] + before);
    }
  }
}

/// Channels of one group.
void LayerPsums::compute_channels(const PsumRegion& region, const PhasePlanes& planes, std::int64_t largest,
                                  Word* psums) const {
  const std::int64_t pitch = planes.layout().pitch();
  const std::int64_t group = region.channel / (shape_.M / shape_.G);
  PsumBlock block;
  block.activations = planes.at(group * shape_.C, 0, 0) + region.row * pitch;
  block.tap_offsets = tap_offsets_;
  block.channel_taps = static_cast<std::size_t>(shape_.R * shape_.S);
  block.weights = weights_.data() + region.channel * taps();
  block.filter_pitch = taps();
  block.signs = signs_from(region.channel);
  block.filters = static_cast<std::size_t>(region.channels);
  block.outputs = static_cast<std::size_t>((region.rows - 1) * pitch + shape_.F());
  block.psum_pitch = static_cast<std::ptrdiff_t>(block.outputs);
  block.row_pitch = static_cast<std::size_t>(pitch);
  const std::int64_t row_words = shape_.F();
  block.counted = static_cast<std::size_t>(row_words);
  if (region.rows == 1 || pitch == row_words) {
    block.psums = psums;
    sum(block, region.channel, largest);
    return;
  }
  std::vector<Word> with_gaps(block.filters * block.outputs);
  block.psums = with_gaps.data();
  sum(block, region.channel, largest);
  for (std::int64_t channel = 0; channel < region.channels; ++channel) {
    const Word* row = with_gaps.data() + channel * block.psum_pitch;
    for (std::int64_t e = 0; e < region.rows; ++e, row += pitch) psums = std::copy_n(row, row_words, psums);
  }
}

/// Filters that cannot saturate take the faster way; the others are summed up in the machine's order, as many at once
/// as stand side by side.
void LayerPsums::sum(const PsumBlock& block, std::int64_t channel, std::int64_t largest) const {
  if (!arithmetic_.in_order()) return mac_.sum(block);
  if (arithmetic_.form != PsumForm::integer) return mac_.sum_in_order(block, *order_);
  const auto fast = [&](std::size_t filter) {
    return cannot_saturate(channel + static_cast<std::int64_t>(filter), largest);
  };
  PsumBlock part = block;
  for (std::size_t filter = 0; filter < block.filters; filter += part.filters) {
    const bool any_order = fast(filter);
    part.filters = 1;
    while (filter + part.filters < block.filters && fast(filter + part.filters) == any_order) ++part.filters;
    part.weights = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    part.signs = signs_from(channel + static_cast<std::int64_t>(filter));
    part.psums = block.psums + static_cast<std::ptrdiff_t>(filter) * block.psum_pitch;
    any_order ? mac_.sum(part) : mac_.sum_in_order(part, *order_);
  }
}

}  // namespace lacuna
