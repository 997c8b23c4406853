// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/pair_times.hpp"

#include <algorithm>

namespace lacuna {

CartesianPairTimes::CartesianPairTimes(const CartesianShape& array, std::int64_t product_edges)
    : array_(array), product_edges_(product_edges) {
  for (std::int64_t row = 0; row < 4; ++row) {
    for (std::int64_t column = 0; column < 4; ++column) {
      // A bank without k mod 4.
      places_[static_cast<std::size_t>(row * 4 + column)] = std::uint64_t{1} << 8 * (array_.bank(0, row, column) / 4);
    }
  }
}

void CartesianPairTimes::meet(const CartesianWeights& weights, const CartesianWeights::Block& with,
                              const FeatureTile& ofmap) {
  weights_ = &weights;
  with_ = &with;
  ofmap_ = &ofmap;
  ++meeting_;
  const auto places = static_cast<std::size_t>(1 + 8 * with.rows * with.columns);
  if (counts_.size() < places) counts_.resize(places, CartesianBankCounts{});
}

std::uint64_t CartesianPairTimes::shape_of(const CartesianActivation* words, std::int64_t count) {
  constexpr std::int64_t kMost = 4;
  constexpr std::int64_t kFar = 128;
  if (count > kMost) return 0;
  auto shape = static_cast<std::uint64_t>(count);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t row = words[i].row - words[0].row;
    const std::int64_t column = words[i].column - words[0].column + kFar;
    if (words[i].filler || !words[i].meets_all || row >= kFar || column < 0 || column >= 2 * kFar) return 0;
    shape = shape << 15 | static_cast<std::uint64_t>(row << 8 | column);
  }
  return shape;
}

void CartesianPairTimes::count_products(const CartesianActivation* words, std::int64_t count) {
  const CartesianWeights::Block& with = *with_;
  const FeatureTile& ofmap = *ofmap_;
  const bool third_bit_of_k = array_.bank(4, 0, 0) != array_.bank(0, 0, 0);
  for (std::int64_t r = 0; r < with.rows; ++r) {
    for (std::int64_t s = 0; s < with.columns; ++s) {
      std::uint64_t products = 0;
      for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t row = words[i].row - r;
        const std::int64_t column = words[i].column - s;
        const bool kept = row >= 0 && row < ofmap.rows && column >= 0 && column < ofmap.columns && !words[i].filler;
        if (kept) products += places_[static_cast<std::size_t>(((ofmap.row + row) & 3) * 4 + (column & 3))];
      }
      const std::uint64_t other = third_bit_of_k ? products << 32 | products >> 32 : products;
      CartesianBankCounts* const to = counts_.data() + 1 + 8 * (r * with.columns + s);
      for (std::int64_t k = 0; k < 8; ++k) {
        to[k][static_cast<std::size_t>(array_.bank(k, 0, 0) & 3)] = k < 4 ? products : other;
      }
    }
  }
}

std::int64_t CartesianPairTimes::vector_edges(const CartesianActivation* words, std::int64_t count) {
  const std::uint64_t shape = shape_of(words, count);
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio: spreads keys over the table
  Known& known = known_[static_cast<std::size_t>(shape * kSpread >> (64 - kKnownBits))];
  if (shape != 0 && known.meeting == meeting_ && known.shape == shape) return known.edges;
  count_products(words, count);
  const std::int64_t edges =
      product_edges_ * fullest_banks(counts_.data(), weights_->places(*with_), with_->vectors, array_.filter_lanes);
  if (shape != 0) known = {meeting_, shape, edges};
  return edges;
}

std::int64_t CartesianPairTimes::edges(const CartesianActivations& activations,
                                       const CartesianActivations::Block& block) {
  std::int64_t all = 0;
  const CartesianActivation* const words = activations.words(block);
  for (std::int64_t first = 0; first < block.words; first += array_.ifmap_lanes) {
    all += vector_edges(words + first, std::min(array_.ifmap_lanes, block.words - first));
  }
  return all;
}

}  // namespace lacuna
