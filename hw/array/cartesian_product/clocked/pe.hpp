// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/cartesian_product/activity.hpp"
#include "hw/array/cartesian_product/clocked/streams.hpp"

namespace lacuna {

/// One PE: F x I multipliers, each of which meets one weight and one activation of a pair of vectors, and the
/// accumulator banks that the products are scattered to. A pair takes as many edges as the fullest bank has products.
class CartesianPe : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::int32_t> phase{"phase"};  ///< CartesianPhase
  sc_core::sc_in<std::int64_t> step{"step"};    ///< pass x steps of a pass + step, or -1
  sc_core::sc_out<std::int64_t> done{"done"};   ///< the last step that it has ended

  CartesianPe(const sc_core::sc_module_name& name, CartesianContext& context, std::int64_t pe);

  const CartesianPeCounts& counts() const { return counts_; }
  bool covered() const { return covered_; }
  std::int64_t activation_vectors() const { return activation_vectors_; }
  std::int64_t pairs() const { return pairs_; }
  /// Products of real MACs so far.
  std::int64_t macs() const { return macs_; }
  /// Its part of the sum of a filter of a pass at a pixel of the ofmap tile. Kept until the pass after the next.
  Word sum(std::int64_t pass, std::int64_t filter, std::int64_t pixel) const;
  std::string state() const;

 private:
  /// Vectors that meet: each of activations all of weights, activations outermost.
  struct Work {
    std::vector<CartesianWord> activations;
    std::vector<CartesianWord> weights;
    std::int64_t lanes = 1;  ///< activations of a vector
  };

  void on_change();
  void begin_step();
  void on_edge();
  void load(std::int64_t channel);
  void load_fc();
  void add_work(const CartesianStream& activations, const CartesianStream& weights);
  /// Loads channels until one has work, or none is left in the step.
  void look_for_work();
  void begin_pair();
  /// Whether the two lanes of a multiplier hold words; the product goes to its bank.
  bool issue(std::int64_t f, std::int64_t i, std::vector<std::int64_t>& banks);
  void end_pair();
  std::int64_t pass() const { return step.read() / context_.steps(); }

  CartesianContext& context_;
  const std::int64_t pe_;
  const CartesianReader reader_;
  const bool covered_;
  CartesianPeCounts counts_;
  std::deque<Work> work_;
  std::int64_t loaded_ = -1;  ///< the step that its work is of
  std::int64_t next_channel_ = 0;
  std::int64_t end_channel_ = 0;
  std::size_t activation_ = 0;  ///< first ones of the pair
  std::size_t weight_ = 0;
  std::int64_t edges_left_ = 0;         ///< of the pair
  std::vector<Word> sums_[2];           ///< of a pass and the one before it: double-buffered accumulators
  std::int64_t sums_of_[2] = {-1, -1};  ///< the passes
  std::int64_t activation_vectors_ = 0;
  std::int64_t pairs_ = 0;
  std::int64_t macs_ = 0;
  sc_core::sc_signal<std::int64_t> ended_{"ended", -1};  ///< the last step that took edges
};

}  // namespace lacuna
