// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/pass_spans.hpp"
#include "hw/array/row_stationary/clocked/buses.hpp"
#include "hw/array/row_stationary/clocked/context.hpp"
#include "hw/array/row_stationary/clocked/pe.hpp"
#include "hw/array/row_stationary/placement.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// The row-stationary array, signal by signal: the definition of its timing. PEs, the psum links between them, and the
/// four buses, wired for one layer; PEs that the layer does not cover are clock-gated, so they have no module.
class RowStationaryArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer

  /// `places` names each PE by its place in the physical array. `progress` is called when a pass is ready to start but
  /// for the DRAM link, has sent its filters, or ends; the records in the context then say so.
  RowStationaryArray(const sc_core::sc_module_name& name, ClockedContext& context, const CoreClock& clock,
                     const std::vector<PhysicalPe>& places, const std::function<void()>& progress);

  /// Whether every started pass has ended and only the DRAM link (or nothing) is awaited: the core clock may sleep.
  bool quiet() const;
  /// Counts of one PE over all edges up to the end of the last pass, the waits for the DRAM link told apart.
  PeCounts pe_counts(std::int64_t pe) const;
  /// What all PEs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  /// Edges from 0 to the end of the last pass.
  std::int64_t cycles() const { return context_.records.back().end + 1; }
  /// Grows with every event in the array; stands still in a deadlock.
  std::int64_t progress() const;
  /// The state of every unit, a line each.
  std::string state() const;
  /// Adds the signals of buses and PEs to a trace file.
  void trace(sc_core::sc_trace_file* file) const override;

  const FilterBus& filter_bus() const { return filter_bus_; }
  const IfmapBus& ifmap_bus() const { return ifmap_bus_; }
  const PsumInputBus& psum_input_bus() const { return psum_input_bus_; }
  const PsumOutputBus& psum_output_bus() const { return psum_output_bus_; }

 private:
  void build_pes(const std::vector<PhysicalPe>& places);
  void wire_buses();
  void wire_pe(std::int64_t pe);
  void on_falling_edge();
  PeSums pe_sums() const;

  ClockedContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<FilterBeat> filter_beat_{"filter_beat"};
  sc_core::sc_signal<IfmapBeat> ifmap_beat_{"ifmap_beat"};
  sc_core::sc_signal<PsumBeat> psum_in_beat_{"psum_in_beat"};
  sc_core::sc_signal<std::uint32_t> passes_sent_{"passes_sent"};
  sc_core::sc_signal<std::uint32_t> passes_ended_{"passes_ended"};
  sc_core::sc_vector<sc_core::sc_signal<PsumBeat>> psum_out_beat_;       ///< of each PE, to the PE above
  sc_core::sc_vector<sc_core::sc_signal<std::uint32_t>> ifmap_taken_;    ///< of each PE
  sc_core::sc_vector<sc_core::sc_signal<std::uint32_t>> psum_taken_;     ///< of each PE
  sc_core::sc_vector<sc_core::sc_signal<std::uint32_t>> passes_issued_;  ///< of each PE
  sc_core::sc_vector<sc_core::sc_signal<std::uint32_t>> output_taken_;   ///< of each column's output FIFO
  FilterBus filter_bus_;
  IfmapBus ifmap_bus_;
  PsumInputBus psum_input_bus_;
  PsumOutputBus psum_output_bus_;
  std::vector<std::unique_ptr<Pe>> pes_;
  PassSpans spans_;
};

}  // namespace lacuna
