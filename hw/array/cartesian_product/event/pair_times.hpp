// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/event/bank_counts.hpp"
#include "hw/array/cartesian_product/event/weights.hpp"

namespace lacuna {

/// Edges that pairs of vectors take where products wait for accumulator banks. For each vector of activations it counts
/// once what every weight there may be puts into which bank; a weight vector then adds up the counts of its weights.
class CartesianPairTimes {
 public:
  CartesianPairTimes(const CartesianShape& array, std::int64_t product_edges);

  /// Of all vectors of some activations with all vectors of some weights.
  std::int64_t edges(const CartesianActivations& activations, const CartesianActivations::Block& block,
                     const CartesianWeights& weights, const CartesianWeights::Block& with, const FeatureTile& ofmap);

 private:
  void count_products(const CartesianActivation* words, std::int64_t count, const CartesianWeights::Block& with,
                      const FeatureTile& ofmap);

  const CartesianShape array_;
  const std::int64_t product_edges_;
  std::array<std::uint64_t, 16> places_;     ///< one product, by ofmap row mod 4 and column mod 4, for k < 4
  std::vector<CartesianBankCounts> counts_;  ///< as CartesianWeights::places has them
};

}  // namespace lacuna
