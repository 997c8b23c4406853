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
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts the passes, one after another, and deals the words under every window to the neuron lanes, each of which
/// gives its sub-unit of every unit one neuron an edge. What the next edge works on is decided between edges.
class LaneSkipDispatcher : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_out<LaneSkipStep> step{"step"};
  sc_core::sc_out<std::int32_t> awaited{"awaited"};      ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_out<std::int32_t> undecoded{"undecoded"};  ///< pass that waits for its filters to be decoded, or -1
  sc_core::sc_out<std::int64_t> windows{"windows"};      ///< that all lanes have ended, over all folds and passes
  sc_core::sc_vector<sc_core::sc_out<LaneSkipNeuron>> lane;

  /// `progress` is called when a pass is ready to start but for the link, has sent its filters, or ends.
  LaneSkipDispatcher(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                     std::function<void()> progress);

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const { return !running_ && !allowed(); }
  /// Passes that have ended.
  std::int64_t passes_ended() const { return pass_; }
  std::int64_t progress() const {
    return edges_ + (context_.tile_writer == nullptr ? 0 : context_.tile_writer->progress());
  }
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

  void decide();
  void on_edge();
  bool allowed() const {
    return pass_ < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
  }
  /// Lets the lanes go on, up to the window at which they wait for one another.
  void open_windows(std::int64_t first);
  void go_on(std::int64_t index);
  void fetch(std::int64_t index);
  void fetch_brick(std::int64_t index, std::int64_t position);
  void fetch_channel(std::int64_t index, std::int64_t position);
  Word word_at(std::int64_t tap, std::int64_t window);
  /// Lets a pass that holds the array begin with its windows, once its filters may be read.
  void begin_work();
  void follow_lanes();
  void end_pass(std::int64_t edge);
  PassRecord& record() { return context_.records[static_cast<std::size_t>(pass_)]; }
  std::int64_t pixels() const { return context_.pass(pass_).pixels; }

  LaneSkipContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  bool running_ = false;  ///< a pass holds the array
  bool working_ = false;  ///< and its lanes work
  std::int64_t pass_ = 0;
  std::int64_t fold_ = 0;
  std::int64_t limit_ = 0;         ///< window of the fold that no lane may begin yet
  std::int64_t first_window_ = 0;  ///< of the fold, over all folds and passes
  std::vector<Lane> lanes_;
  LaneSkipEvents events_;
  std::int64_t edges_ = 0;  ///< at which lanes worked
  std::uint64_t looks_ = 0;
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
