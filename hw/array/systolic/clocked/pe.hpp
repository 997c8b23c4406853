// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>

#include "hw/array/systolic/activity.hpp"
#include "hw/array/systolic/clocked/context.hpp"
#include "hw/array/systolic/clocked/wires.hpp"

namespace lacuna {

/// One processing element: MACs between its neighbours. At the first edge of a step it takes what they, or the edges of
/// the array, had on the wires before it; at the last, it registers what it passes on. What stays in it is the psum
/// (output stationary) or the operand that was shifted in from the north (weight and input stationary).
class SystolicPe : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<SystolicStep> load{"load"};
  sc_core::sc_in<SystolicStep> compute{"compute"};
  sc_core::sc_in<std::int32_t> awaited{"awaited"};
  sc_core::sc_in<std::int32_t> starved{"starved"};
  sc_core::sc_in<SystolicOperand> west{"west"};     ///< streamed along the row
  sc_core::sc_in<SystolicOperand> north{"north"};   ///< streamed down the column, or shifted in during a load
  sc_core::sc_in<SystolicPsum> psum_in{"psum_in"};  ///< link from the north; the column's input bus (output stationary)
  sc_core::sc_out<SystolicOperand> east{"east"};
  sc_core::sc_out<SystolicOperand> south{"south"};
  sc_core::sc_out<SystolicPsum> psum_out{"psum_out"};  ///< link to the south; onto the column's output bus

  SystolicPe(const sc_core::sc_module_name& name, const SystolicContext& context, std::int64_t i, std::int64_t j);

  /// Counts of all edges that its clock has seen.
  const SystolicPeCounts& counts() const { return counts_; }
  std::int64_t activations() const { return activations_; }
  std::int64_t weights() const { return weights_; }
  std::int64_t psums() const { return psums_; }
  std::int64_t accumulator_writes() const { return accumulator_writes_; }
  /// Index of the last pass that it takes part in, -1 if there is none.
  std::int64_t last_pass() const { return last_pass_; }
  std::string state() const;

 private:
  void on_edge();
  void count_pause();
  void run_output_stationary();
  void run_stationary_operand();
  void take_over();
  void shift();
  /// Whether what is computed in the step is there at this edge.
  bool ends(const SystolicStep& step) const { return step.edge + 1 == context_.array().rate.cycles; }
  bool takes_part(const SystolicStep& in) const { return context_.fold(in.pass).takes_part(i_, j_); }
  /// The MACs of an issue, one behind the other; real ones are the first `taps`. The psum after them.
  Word issue(const SystolicWords& activations, const SystolicWords& weights, Word psum, std::int64_t taps);
  void send_psum(Word word);

  const SystolicContext& context_;
  const std::int64_t i_;
  const std::int64_t j_;
  std::int64_t last_pass_ = -1;
  SystolicPeCounts counts_;
  std::int64_t activations_ = 0;  ///< words taken from a neighbour or an edge of the array
  std::int64_t weights_ = 0;
  std::int64_t psums_ = 0;
  std::int64_t accumulator_writes_ = 0;  ///< issues with a performed MAC
  std::uint32_t sent_ = 0;
  SystolicWords held_{};  ///< the stationary operand
  Word psum_ = 0;         ///< of the last issue: in an output-stationary array, what stays
};

}  // namespace lacuna
