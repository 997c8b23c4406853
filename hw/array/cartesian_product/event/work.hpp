// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/array_model.hpp"
#include "hw/array/cartesian_product/activity.hpp"
#include "hw/array/cartesian_product/event/pair_times.hpp"
#include "hw/array/cartesian_product/event/timing.hpp"

namespace lacuna {

/// What the PEs do in one pass.
struct CartesianPassWork {
  std::int64_t edges = 0;              ///< to the barrier at its end
  std::vector<std::int64_t> pe_edges;  ///< that each PE works
  std::int64_t pairs = 0;              ///< of vectors, of all PEs
  std::int64_t products = 0;           ///< formed
  std::int64_t dropped = 0;  ///< of the products of all passes on the ifmap tile, in the last of them; 0 in the others
  std::int64_t activation_vectors = 0;
  std::int64_t broadcasts = 0;  ///< weight vectors
  std::int64_t fifo_writes = 0;
};

/// Works out passes from the places of the words that take part, and adds up what each multiplier does in them.
class CartesianWork {
 public:
  CartesianWork(const CartesianSchedule& schedule, const CartesianTimingParameters& parameters,
                const ArraySetup& setup);

  /// A pass of the schedule, whose words lie in the global buffer. Passes come in order.
  CartesianPassWork run(std::int64_t index);
  /// Weights of a pass that take an entry of a tile store.
  std::int64_t stored_weights(const TiledPass& pass);
  /// Of each PE, what its multipliers did in all passes.
  std::vector<std::vector<CartesianMultiplier>> multipliers() const;

 private:
  static constexpr std::size_t kMostMultipliers = kMostCartesianLanes * kMostCartesianLanes;
  using ByMultiplier = std::array<std::int64_t, kMostMultipliers>;
  /// Products of one PE, by filter lane and ifmap lane; `active` ones are not gated.
  struct Products {
    ByMultiplier all{};
    ByMultiplier dropped{};
    ByMultiplier active{};
    ByMultiplier active_dropped{};
    std::int64_t pairs = 0;
  };

  /// By PE, ifmap lane and filter lane of pitch_.
  using Dropped = std::vector<std::int64_t>;

  void count_vectors(const TiledPass& pass, const CartesianWeights& weights, CartesianPassWork& work);
  void count_pairs(const CartesianWeights& weights, CartesianPassWork& work);
  /// What multipliers do with the tile in all passes on it; `weights` are those of any of them. How many products are
  /// dropped.
  std::int64_t count_tile(const CartesianWeights& weights);
  void count_products();
  std::int64_t count_dropped(const CartesianWeights& weights);
  /// Adds the products of an ifmap lane to those of all PEs.
  void add_products(const CartesianLaneCounts& counts, const std::vector<double>& weights, std::int64_t ifmap_lane,
                    ByMultiplier Products::*to);
  void add_dropped(const Dropped& dropped, std::size_t pe, ByMultiplier& to) const;
  /// Where the edges of a PE do not follow from its pairs of vectors alone.
  void time_channels(const CartesianWeights& weights, const FeatureTile& ofmap, CartesianPassWork& work);
  void run_fc(const TiledPass& pass, CartesianPassWork& work);
  void count_column(const TiledPass& pass, std::int64_t tap, bool zero, Products& products, CartesianPassWork& work);

  const CartesianSchedule& schedule_;
  const CartesianTimingParameters parameters_;
  const CartesianShape array_;
  const EventBuffer& operands_;
  const Mac& mac_;
  const Gating gating_;
  const bool gates_;
  CartesianActivations activations_;
  const std::shared_ptr<CartesianLayerWeights> weights_;
  const std::size_t pitch_;  ///< filter lanes, filled up to whole groups
  CartesianWeightSums met_;  ///< by the ifmap tile, up to now
  std::int64_t filter_tile_ = -1;
  CartesianPairTimes times_;
  std::vector<Products> products_;           ///< by PE
  std::vector<std::int64_t> pairs_;          ///< of vectors of the pass, by PE
  std::vector<std::int64_t> channel_edges_;  ///< by PE
};

}  // namespace lacuna
