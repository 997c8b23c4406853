// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/lane_skip/activity.hpp"
#include "hw/array/lane_skip/clocked/context.hpp"
#include "hw/array/lane_skip/clocked/wires.hpp"

namespace lacuna {

/// One neuron lane of one unit: its slice of the synapse buffer and a multiplier, which is a PE, for each filter lane.
/// The neuron that the lane has on its wire meets a row of synapses, one of each filter.
class LaneSkipSubunit : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<LaneSkipStep> step{"step"};
  sc_core::sc_in<std::int32_t> awaited{"awaited"};
  sc_core::sc_in<std::int32_t> undecoded{"undecoded"};
  sc_core::sc_in<LaneSkipNeuron> neuron{"neuron"};
  sc_core::sc_vector<sc_core::sc_out<LaneSkipSum>> sum;  ///< of each filter lane

  LaneSkipSubunit(const sc_core::sc_module_name& name, const LaneSkipContext& context, std::int64_t unit,
                  std::int64_t lane);

  /// Counts of all edges that its clock has seen, by filter lane.
  const std::vector<LaneSkipPeCounts>& counts() const { return counts_; }
  std::int64_t rows_read() const { return rows_read_; }
  /// Index of the last pass that a filter lane takes part in, -1 if there is none.
  std::int64_t last_pass(std::size_t filter_lane) const { return last_pass_[filter_lane]; }
  std::string state() const;

 private:
  void on_edge();
  /// Waits before a pass, in which the lanes that have a part in it or in a later one are stalled.
  void count_wait(std::int64_t pass, std::int64_t LaneSkipPeCounts::*cause);
  void issue(std::size_t filter_lane, std::int64_t column);
  void send(std::size_t filter_lane);

  const LaneSkipContext& context_;
  const std::int64_t first_column_;
  const std::int64_t lane_;
  std::vector<std::int64_t> last_pass_;
  std::vector<LaneSkipPeCounts> counts_;
  std::vector<Word> sums_;  ///< over the window
  std::int64_t rows_read_ = 0;
};

}  // namespace lacuna
