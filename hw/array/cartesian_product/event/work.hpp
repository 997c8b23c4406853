// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

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
  std::int64_t macs = 0;               ///< of them, not dropped
  std::int64_t activation_vectors = 0;
  std::int64_t broadcasts = 0;  ///< weight vectors
  std::int64_t fifo_writes = 0;
};

/// Works out passes from the places of the words that take part, and adds up what each multiplier does in them.
class CartesianWork {
 public:
  CartesianWork(const CartesianSchedule& schedule, const CartesianTimingParameters& parameters, const Mac& mac,
                const EventBuffer& operands);

  /// A pass whose words lie in the global buffer.
  CartesianPassWork run(const TiledPass& pass);
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

  void run_channel(const TiledPass& pass, std::int64_t channel, CartesianPassWork& work);
  void run_fc(const TiledPass& pass, CartesianPassWork& work);
  void meet(std::int64_t pe, const CartesianActivations::Block& block, const CartesianWeights::Block& with,
            const FeatureTile& ofmap, CartesianPassWork& work);
  void count_column(const TiledPass& pass, std::int64_t tap, bool zero, Products& products, CartesianPassWork& work);

  const CartesianSchedule& schedule_;
  const CartesianTimingParameters parameters_;
  const CartesianShape array_;
  const EventBuffer& operands_;
  const Gating gating_;
  const bool gates_;
  CartesianActivations activations_;
  CartesianWeights weights_;
  CartesianPairTimes times_;
  std::vector<Products> products_;           ///< by PE
  std::vector<std::int64_t> channel_edges_;  ///< by PE
};

}  // namespace lacuna
