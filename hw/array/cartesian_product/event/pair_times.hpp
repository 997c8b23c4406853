// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/event/activations.hpp"
#include "hw/array/cartesian_product/event/bank_counts.hpp"
#include "hw/array/cartesian_product/event/weights.hpp"

namespace lacuna {

/// Edges that pairs of vectors take where products wait for accumulator banks. For each vector of activations it counts
/// once what every weight there may be puts into which bank; a weight vector then adds up the counts of its weights.
/// Whether two products fall into one bank does not change when both move by the same rows and columns: vectors whose
/// activations lie alike, away from the border of the plane, take the same edges.
class CartesianPairTimes {
 public:
  CartesianPairTimes(const CartesianShape& array, std::int64_t product_edges);

  /// The weights that activations meet from now on.
  void meet(const CartesianWeights& weights, const CartesianWeights::Block& with, const FeatureTile& ofmap);
  /// Of all vectors of some activations with all vectors of those weights.
  std::int64_t edges(const CartesianActivations& activations, const CartesianActivations::Block& block);

 private:
  /// Edges of a vector of activations that lie in a certain way, with the weights met last.
  struct Known {
    std::int64_t meeting = 0;
    std::uint64_t shape = 0;
    std::int64_t edges = 0;
  };
  static constexpr int kKnownBits = 8;

  /// How the activations of a vector lie to the first one, never 0; 0 where that is not kept.
  static std::uint64_t shape_of(const CartesianActivation* words, std::int64_t count);
  void count_products(const CartesianActivation* words, std::int64_t count);
  std::int64_t vector_edges(const CartesianActivation* words, std::int64_t count);

  const CartesianShape array_;
  const std::int64_t product_edges_;
  std::array<std::uint64_t, 16> places_;     ///< one product, by ofmap row mod 4 and column mod 4, for k < 4
  std::vector<CartesianBankCounts> counts_;  ///< as CartesianWeights::places has them
  const CartesianWeights* weights_ = nullptr;
  const CartesianWeights::Block* with_ = nullptr;
  const FeatureTile* ofmap_ = nullptr;
  std::int64_t meeting_ = 0;  ///< counted
  std::array<Known, std::size_t{1} << kKnownBits> known_;
};

}  // namespace lacuna
