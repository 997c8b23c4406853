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

void CartesianPairTimes::count_products(const CartesianActivation* words, std::int64_t count,
                                        const CartesianWeights::Block& with, const FeatureTile& ofmap) {
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

std::int64_t CartesianPairTimes::edges(const CartesianActivations& activations,
                                       const CartesianActivations::Block& block, const CartesianWeights& weights,
                                       const CartesianWeights::Block& with, const FeatureTile& ofmap) {
  if (with.vectors == 0) return 0;
  const auto places = static_cast<std::size_t>(1 + 8 * with.rows * with.columns);
  if (counts_.size() < places) counts_.resize(places, CartesianBankCounts{});
  std::int64_t all = 0;
  const CartesianActivation* const words = activations.words(block);
  for (std::int64_t first = 0; first < block.words; first += array_.ifmap_lanes) {
    count_products(words + first, std::min(array_.ifmap_lanes, block.words - first), with, ofmap);
    all += fullest_banks(counts_.data(), weights.places(with), with.vectors, array_.filter_lanes);
  }
  return all * product_edges_;
}

}  // namespace lacuna
