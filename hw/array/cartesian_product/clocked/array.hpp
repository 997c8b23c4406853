// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/cartesian_product/clocked/drain.hpp"
#include "hw/array/cartesian_product/clocked/pe.hpp"
#include "hw/array/cartesian_product/clocked/sequencer.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// The Cartesian-product array, signal by signal: the definition of its timing.
class CartesianArray : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  CartesianArray(const sc_core::sc_module_name& name, CartesianContext& context, const CoreClock& clock,
                 const std::function<void()>& progress);

  bool quiet() const { return sequencer_.waits_for_link(); }
  std::int64_t progress() const { return sequencer_.progress() + drain_.edges(); }
  /// Counts of all PEs, row by row, over all edges up to the end of the last pass.
  std::vector<CartesianPeCounts> pe_counts() const;
  CartesianEvents events() const;
  /// What all multipliers did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void on_falling_edge();
  PeSums sums() const;

  CartesianContext& context_;
  const CoreClock& clock_;
  sc_core::sc_signal<std::int64_t> step_{"step", -1};
  sc_core::sc_signal<std::int32_t> phase_{"phase"};
  sc_core::sc_signal<std::int64_t> computed_{"computed"};
  sc_core::sc_signal<std::int64_t> drained_{"drained"};
  sc_core::sc_vector<sc_core::sc_signal<std::int64_t>> done_;
  CartesianSequencer sequencer_;
  CartesianDrain drain_;
  std::vector<std::unique_ptr<CartesianPe>> pes_;
  PassSpans spans_;
};

}  // namespace lacuna
