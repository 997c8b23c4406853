// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/lane_skip/clocked/dispatcher.hpp"
#include "hw/array/lane_skip/clocked/subunit.hpp"
#include "hw/array/lane_skip/clocked/unit.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// The lane-skipping array, signal by signal: the definition of its timing. The dispatcher, which all units hang on,
/// and for each unit its sub-units, one for a lane, and its adder trees.
class LaneSkipArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  LaneSkipArray(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                const std::function<void()>& progress);
  ~LaneSkipArray() override;

  bool quiet() const { return dispatcher_.waits_for_link(); }
  std::int64_t progress() const { return dispatcher_.progress(); }
  /// Counts of all PEs, row by row, over all edges up to the end of the last pass.
  std::vector<LaneSkipPeCounts> pe_counts() const;
  LaneSkipEvents events() const;
  /// What all PEs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_unit(std::int64_t unit);
  void on_falling_edge();
  PeSums pe_sums() const;
  /// Of PE (row, column): its sub-unit, and its filter lane there.
  const LaneSkipSubunit& subunit(std::int64_t lane, std::int64_t unit) const {
    return *subunits_[static_cast<std::size_t>(unit * context_.array().lanes + lane)];
  }

  LaneSkipContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<LaneSkipStep> step_{"step"};
  sc_core::sc_signal<std::int32_t> awaited_{"awaited", -1};
  sc_core::sc_signal<std::int32_t> undecoded_{"undecoded", -1};
  sc_core::sc_signal<std::int64_t> windows_{"windows"};
  sc_core::sc_vector<sc_core::sc_signal<LaneSkipNeuron>> lane_;
  sc_core::sc_vector<sc_core::sc_signal<LaneSkipSum>> sum_;  ///< unit by unit, lane by lane
  LaneSkipDispatcher dispatcher_;
  std::vector<std::unique_ptr<LaneSkipSubunit>> subunits_;  ///< unit by unit
  std::vector<std::unique_ptr<LaneSkipUnit>> units_;
  PassSpans spans_;
};

}  // namespace lacuna
