// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/array/csc_broadcast/clocked/context.hpp"
#include "hw/array/csc_broadcast/clocked/wires.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts the passes, one after another, and tells when all PEs are done with one: a barrier. That is decided between
/// edges, from what was registered at the last one and from the passes that the DRAM side allows.
class CscSequencer : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words have arrived
  sc_core::sc_in<std::int32_t> sent{"sent"};
  sc_core::sc_vector<sc_core::sc_in<bool>> empty;  ///< queue of each PE
  sc_core::sc_out<CscStep> step{"step"};
  sc_core::sc_out<std::int32_t> awaited{"awaited"};  ///< pass that the DRAM link alone holds back, or -1

  /// `progress` is called when a pass is ready to start but for the link, has read its filters, or ends.
  CscSequencer(const sc_core::sc_module_name& name, CscContext& context, const CoreClock& clock,
               std::function<void()> progress);

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const;
  /// Passes that have ended.
  std::int64_t passes_ended() const { return pass_; }
  std::int64_t progress() const { return edges_; }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  void follow_drain(std::int64_t edge);
  bool allowed() const;
  PassRecord& record() { return context_.records[static_cast<std::size_t>(pass_)]; }

  CscContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  std::int64_t pass_ = 0;     ///< that runs, or is next to
  bool running_ = false;      ///< whether it has started
  std::int64_t drained_ = 0;  ///< edges since all queues were empty for good
  std::int64_t edges_ = 0;    ///< edges at which something was done
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
