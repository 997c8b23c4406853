// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/array/cartesian_product/clocked/context.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts passes, and their steps, one after the other, as soon as all PEs have ended the one before. What the next
/// edge is for is decided between edges.
class CartesianSequencer : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_vector<sc_core::sc_in<std::int64_t>> done;           ///< last step that each PE has ended
  sc_core::sc_in<std::int64_t> drained{"drained"};                 ///< passes
  sc_core::sc_out<std::int64_t> step{"step"};                      ///< see CartesianPe
  sc_core::sc_out<std::int32_t> phase{"phase"};                    ///< CartesianPhase of the next edge
  sc_core::sc_out<std::int64_t> computed{"computed"};              ///< passes

  /// `progress` is called when a pass is ready to start but for the link, has read its filters, or ends.
  CartesianSequencer(const sc_core::sc_module_name& name, CartesianContext& context, const CoreClock& clock,
                     std::function<void()> progress);

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const { return !running_ && drained.read() == pass_ && !allowed(); }
  /// Passes that no longer hold the array: the next one, if any, does or waits for the link alone.
  std::int64_t passes_over() const { return running_ || free_ ? pass_ : pass_ - 1; }
  std::int64_t progress() const {
    return edges_ + (context_.tile_writer == nullptr ? 0 : context_.tile_writer->progress());
  }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  void note_drained();
  /// Lets a pass that holds the array begin with its steps, once its filters may be read.
  void begin_work();
  void note_filters_sent(std::int64_t edge);
  void end_steps();
  void end_computing();
  void look_free();
  CartesianPhase next_phase() const;
  bool allowed() const {
    return pass_ < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
  }

  CartesianContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  bool running_ = false;   ///< a pass holds the array
  bool working_ = false;   ///< and its PEs work
  bool free_ = true;       ///< nothing but the link holds the next pass back
  std::int64_t pass_ = 0;  ///< that runs, or will
  std::int64_t step_of_pass_ = 0;
  std::int64_t pass_edges_ = 0;  ///< that the running one has taken
  std::int64_t noted_ = 0;       ///< passes whose end has been noted
  std::int64_t edges_ = 0;       ///< at which PEs worked
  std::int64_t looks_ = 0;
  sc_core::sc_signal<std::int64_t> changed_{"changed"};
};

}  // namespace lacuna
