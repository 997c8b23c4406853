// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/lane_skip/activity.hpp"
#include "hw/array/lane_skip/clocked/context.hpp"
#include "hw/array/lane_skip/clocked/wires.hpp"
#include "hw/array/pass_sequencer.hpp"

namespace lacuna {

/// Starts the passes, and deals the words under every window to the neuron lanes, each of which gives its sub-unit of
/// every unit one neuron an edge.
class LaneSkipDispatcher : public PassSequencer {
 public:
  sc_core::sc_out<LaneSkipStep> step{"step"};
  sc_core::sc_out<std::int64_t> windows{"windows"};  ///< that all lanes have ended, over all folds and passes
  sc_core::sc_vector<sc_core::sc_out<LaneSkipNeuron>> lane;

  LaneSkipDispatcher(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                     std::function<void()> progress);

  /// Bricks, offsets, idle lanes and skipped MACs.
  const LaneSkipEvents& events() const { return events_; }
  std::string state() const;

 private:
  /// What a lane has to do in the window that it is at.
  struct Lane {
    std::int64_t window = 0;  ///< of the fold
    std::vector<LaneSkipNeuron> neurons;
    std::size_t next = 0;

    bool done() const { return next == neurons.size(); }
  };

  void begin_work() override { open_windows(0); }
  void drive() override;
  bool work(std::int64_t edge) override;
  /// Lets the lanes go on, up to the window at which they wait for one another.
  void open_windows(std::int64_t first);
  void go_on(std::int64_t index);
  void fetch(std::int64_t index);
  void fetch_brick(std::int64_t index, std::int64_t position);
  void fetch_channel(std::int64_t index, std::int64_t position);
  Word word_at(std::int64_t tap, std::int64_t window);
  void follow_lanes();
  std::int64_t pixels() const { return context_.pass(current()).pixels; }

  LaneSkipContext& context_;
  // Registered state.
  std::int64_t fold_ = 0;
  std::int64_t limit_ = 0;         ///< window of the fold that no lane may begin yet
  std::int64_t first_window_ = 0;  ///< of the fold, over all folds and passes
  std::vector<Lane> lanes_;
  LaneSkipEvents events_;
};

}  // namespace lacuna
