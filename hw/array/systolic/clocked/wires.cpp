// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const SystolicStep& step) {
  return out << step.pass << ':' << step.index << '.' << step.edge << (step.starved ? " starved" : "");
}

std::ostream& operator<<(std::ostream& out, const SystolicWords& words) {
  std::size_t end = words.size();
  while (end > 1 && words[end - 1] == 0) --end;
  for (std::size_t word = 0; word < end; ++word) out << (word == 0 ? "" : ",") << words[word];
  return out;
}

std::ostream& operator<<(std::ostream& out, const SystolicOperand& operand) {
  return operand.valid ? out << operand.words : out << '-';
}

std::ostream& operator<<(std::ostream& out, const SystolicPsum& psum) {
  return out << '#' << psum.sequence << ' ' << psum.word;
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.index, name + ".index");
  sc_core::sc_trace(file, step.edge, name + ".edge");
  sc_core::sc_trace(file, step.starved, name + ".starved");
}

void trace_operand(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name,
                   std::int64_t words) {
  for (std::size_t word = 0; word < static_cast<std::size_t>(words); ++word) {
    sc_core::sc_trace(file, operand.words[word], name + ".word" + (word == 0 ? "" : "_" + std::to_string(word)));
  }
  sc_core::sc_trace(file, operand.valid, name + ".valid");
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name) {
  trace_operand(file, operand, name, 1);
}

void sc_trace(sc_core::sc_trace_file* file, const SystolicPsum& psum, const std::string& name) {
  sc_core::sc_trace(file, psum.sequence, name + ".sequence");
  sc_core::sc_trace(file, psum.word, name + ".word");
}

}  // namespace lacuna
