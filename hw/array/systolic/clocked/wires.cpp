// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const SystolicStep& step) {
  return out << step.pass << ':' << step.edge << (step.starved ? " starved" : "");
}

std::ostream& operator<<(std::ostream& out, const SystolicOperand& operand) {
  return operand.valid ? out << operand.word : out << '-';
}

std::ostream& operator<<(std::ostream& out, const SystolicPsum& psum) {
  return out << '#' << psum.sequence << ' ' << psum.word;
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.edge, name + ".edge");
  sc_core::sc_trace(file, step.starved, name + ".starved");
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name) {
  sc_core::sc_trace(file, operand.word, name + ".word");
  sc_core::sc_trace(file, operand.valid, name + ".valid");
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicPsum& psum, const std::string& name) {
  sc_core::sc_trace(file, psum.sequence, name + ".sequence");
  sc_core::sc_trace(file, psum.word, name + ".word");
}

}  // namespace lacuna
