// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/clocked/context.hpp"
#include "hw/array/dual_csc/clocked/wires.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Runs passes one after the other: lets weights into the PEs, one PE at a time, then sends the non-zero activations of
/// window after window to all of them, as far as they have room, and waits until all are done and the last psums have
/// left.
class DualCscFeeder : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};
  sc_core::sc_vector<sc_core::sc_in<std::int64_t>> done;  ///< windows of the pass that each PE is done with
  sc_core::sc_out<DualCscStep> step{"step"};
  sc_core::sc_out<std::int32_t> awaited{"awaited"};  ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_out<DualCscBeat> beat{"beat"};

  DualCscFeeder(const sc_core::sc_module_name& name, DualCscContext& context, const CoreClock& clock,
                std::function<void()> progress);

  bool waits_for_link() const { return !running_ && !allowed(); }
  std::int64_t progress() const { return edges_; }
  std::int64_t passes_ended() const { return pass_; }
  /// Words that it has sent.
  const DualCscWords& words() const { return words_; }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  bool allowed() const {
    return pass_ < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
  }
  void begin_pass();
  void load();
  void next_pe_to_load();
  void feed();
  void begin_window();
  /// Windows that all PEs of the pass are done with.
  std::int64_t all_done() const;
  void drain();
  PassRecord& record() { return context_.records[static_cast<std::size_t>(pass_)]; }

  DualCscContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  bool running_ = false;
  bool loads_ = false;
  std::int64_t pass_ = 0;
  std::int64_t busy_pes_ = 0;
  std::int64_t load_pe_ = 0;
  std::int64_t addresses_left_ = 0;  ///< to be let into that PE
  std::int64_t words_left_ = 0;
  std::int64_t window_ = 0;           ///< that comes, or is next
  std::vector<DualCscIact> iacts_;    ///< of that window
  std::size_t sent_ = 0;              ///< of them
  std::int64_t psums_exchanged_ = 0;  ///< of the fullest PE, for that window
  bool coming_ = false;               ///< whether that window has begun to come
  std::int64_t psums_drained_ = 0;    ///< of the fullest PE, after the last window
  std::uint64_t beats_ = 0;
  DualCscWords words_;
  std::int64_t edges_ = 0;  ///< at which something was done
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
