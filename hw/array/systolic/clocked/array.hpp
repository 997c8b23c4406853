// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/pass_spans.hpp"
#include "hw/array/systolic/activity.hpp"
#include "hw/array/systolic/clocked/edges.hpp"
#include "hw/array/systolic/clocked/pe.hpp"
#include "hw/array/systolic/clocked/sequencer.hpp"

namespace lacuna {

/// The systolic array, signal by signal: the definition of its timing. PEs and the wires between neighbours, the edges
/// of the array, and the sequencer.
class SystolicArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  SystolicArray(const sc_core::sc_module_name& name, SystolicContext& context, const CoreClock& clock,
                const std::function<void()>& progress);
  ~SystolicArray() override;

  bool quiet() const { return sequencer_.waits_for_link(); }
  std::int64_t progress() const { return sequencer_.progress(); }
  /// Counts of all PEs, row by row, over all edges up to the end of the last pass.
  std::vector<SystolicPeCounts> pe_counts() const;
  SystolicLinkCounts link_counts() const;
  /// What all PEs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_pe(std::int64_t i, std::int64_t j);
  void wire_column(std::int64_t j);
  void on_falling_edge();
  PeSums pe_sums() const;
  std::size_t at(std::int64_t i, std::int64_t j) const {
    return static_cast<std::size_t>(i * context_.array().columns + j);
  }

  SystolicContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<SystolicStep> load_{"load"};
  sc_core::sc_signal<SystolicStep> compute_{"compute"};
  sc_core::sc_signal<std::int32_t> awaited_{"awaited", -1};
  sc_core::sc_signal<std::int32_t> starved_{"starved", -1};
  sc_core::sc_vector<sc_core::sc_signal<SystolicOperand>> west_;   ///< into the rows
  sc_core::sc_vector<sc_core::sc_signal<SystolicOperand>> north_;  ///< into the columns
  sc_core::sc_vector<sc_core::sc_signal<SystolicPsum>> psum_in_;   ///< into the columns
  sc_core::sc_vector<sc_core::sc_signal<SystolicOperand>> east_;   ///< out of each PE, and so on
  sc_core::sc_vector<sc_core::sc_signal<SystolicOperand>> south_;
  sc_core::sc_vector<sc_core::sc_signal<SystolicPsum>> psum_;
  SystolicSequencer sequencer_;
  SystolicWestEdge west_edge_;
  SystolicNorthEdge north_edge_;
  std::vector<std::unique_ptr<SystolicColumnEnd>> column_ends_;
  std::vector<std::unique_ptr<SystolicPe>> pes_;
  PassSpans spans_;
};

}  // namespace lacuna
