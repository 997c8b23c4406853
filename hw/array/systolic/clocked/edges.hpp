// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <systemc>

#include "hw/array/systolic/clocked/context.hpp"
#include "hw/array/systolic/clocked/wires.hpp"

namespace lacuna {

/// The west edge of the array: streams words into the rows, each row one step after the row above it. It reads them
/// from the global buffer, or sees them at the weight decoder, between edges, as the sequencer says.
class SystolicWestEdge : public sc_core::sc_module {
 public:
  sc_core::sc_in<SystolicStep> compute{"compute"};
  sc_core::sc_vector<sc_core::sc_out<SystolicOperand>> row;

  SystolicWestEdge(const sc_core::sc_module_name& name, const SystolicContext& context);

 private:
  void drive();
  /// Of MAC `m` of the issue; `place`: among the weights of this edge.
  Word word(const SystolicPass& pass, std::int64_t i, std::int64_t t, std::int64_t m, std::int64_t place) const;

  const SystolicContext& context_;
};

/// The north edge: streams words into the columns, each column one step after the one to its left (output stationary),
/// or shifts the stationary operand in, the word of the lowest row first; and gives the psums that a fold goes on from.
class SystolicNorthEdge : public sc_core::sc_module {
 public:
  sc_core::sc_in<SystolicStep> load{"load"};
  sc_core::sc_in<SystolicStep> compute{"compute"};
  sc_core::sc_vector<sc_core::sc_out<SystolicOperand>> column;
  sc_core::sc_vector<sc_core::sc_out<SystolicPsum>> psum;

  SystolicNorthEdge(const sc_core::sc_module_name& name, const SystolicContext& context);

  std::int64_t psums() const { return psums_; }

 private:
  void stream();
  void shift();
  void give_psums();

  const SystolicContext& context_;
  std::int64_t psums_ = 0;
};

/// The south end of one column: writes the psums that leave it to the global buffer, in the order in which they must
/// come. The buffer is the register that they go to: what leaves a PE at an edge is there before the next one.
class SystolicColumnEnd : public sc_core::sc_module {
 public:
  sc_core::sc_vector<sc_core::sc_in<SystolicPsum>> psum;  ///< of the lowest PE, or of all PEs on the output bus

  SystolicColumnEnd(const sc_core::sc_module_name& name, const SystolicContext& context, std::int64_t j);

  std::int64_t psums() const { return psums_; }

 private:
  void take();

  const SystolicContext& context_;
  const std::int64_t j_;
  std::int64_t pass_ = 0;
  std::int64_t place_ = 0;  ///< psums of the pass that have come
  std::int64_t psums_ = 0;
  std::vector<std::uint32_t> seen_;
};

}  // namespace lacuna
