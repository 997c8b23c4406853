// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/clocked/feeder.hpp"
#include "hw/array/dual_csc/clocked/pe.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// The dual_csc array, signal by signal: the definition of its timing. The feeder and all PEs, each of which says how
/// many windows it is done with.
class DualCscArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  DualCscArray(const sc_core::sc_module_name& name, DualCscContext& context, const CoreClock& clock,
               const std::function<void()>& progress);
  ~DualCscArray() override;

  bool quiet() const { return feeder_.waits_for_link(); }
  std::int64_t progress() const { return feeder_.progress(); }
  /// Counts of all MACs, row by row (the first ones of all PEs, then the second ones), over all edges up to the end of
  /// the last pass.
  std::vector<DualCscMacCounts> mac_counts() const;
  DualCscWords words() const;
  /// What all MACs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_pe(std::int64_t number);
  void on_falling_edge();
  std::vector<DualCscMacCounts> counts_awake() const;

  DualCscContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<DualCscStep> step_{"step"};
  sc_core::sc_signal<std::int32_t> awaited_{"awaited", -1};
  sc_core::sc_signal<DualCscBeat> beat_{"beat"};
  sc_core::sc_vector<sc_core::sc_signal<std::int64_t>> done_;
  DualCscFeeder feeder_;
  std::vector<std::unique_ptr<DualCscPe>> pes_;
  PassSpans spans_;
};

}  // namespace lacuna
