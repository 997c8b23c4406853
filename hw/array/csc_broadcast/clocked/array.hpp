// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/csc_broadcast/activity.hpp"
#include "hw/array/csc_broadcast/clocked/lnzd.hpp"
#include "hw/array/csc_broadcast/clocked/pe.hpp"
#include "hw/array/csc_broadcast/clocked/sequencer.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// The csc_broadcast array, signal by signal: the definition of its timing. Non-zero detection, the bus to all PEs, the
/// PEs and the sequencer.
class CscBroadcastArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  CscBroadcastArray(const sc_core::sc_module_name& name, CscContext& context, const CoreClock& clock,
                    const std::function<void()>& progress);
  ~CscBroadcastArray() override;

  bool quiet() const { return sequencer_.waits_for_link(); }
  std::int64_t progress() const { return sequencer_.progress(); }
  /// Counts of all PEs over all edges up to the end of the last pass.
  std::vector<CscPeCounts> pe_counts() const;
  CscWords words() const;
  /// What all PEs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_pe(std::int64_t number);
  void on_falling_edge();
  std::vector<CscPeCounts> counts_awake() const;
  /// Edges of the wait of a pass for the link in which the clock slept.
  std::int64_t asleep(std::size_t pass) const {
    return context_.records[pass].link_wait() - context_.records[pass].link_wait_awake;
  }

  CscContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<CscStep> step_{"step"};
  sc_core::sc_signal<std::int32_t> awaited_{"awaited", -1};
  sc_core::sc_signal<std::int32_t> sent_{"sent", -1};
  sc_core::sc_signal<CscBroadcast> broadcast_{"broadcast"};
  sc_core::sc_vector<sc_core::sc_signal<bool>> full_;
  sc_core::sc_vector<sc_core::sc_signal<bool>> empty_;
  CscSequencer sequencer_;
  CscLnzd lnzd_;
  std::vector<std::unique_ptr<CscPe>> pes_;
  PassSpans spans_;
};

}  // namespace lacuna
