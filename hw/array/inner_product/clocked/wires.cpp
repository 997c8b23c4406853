// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const InnerProductStep& step) {
  return out << step.pass << ':' << step.number << (step.drains ? " drains" : "");
}

std::ostream& operator<<(std::ostream& out, const InnerProductSum& sum) {
  return out << '#' << sum.sequence << ' ' << sum.word;
}

void sc_trace(sc_core::sc_trace_file* file, const InnerProductStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.number, name + ".number");
  sc_core::sc_trace(file, step.window, name + ".window");
  sc_core::sc_trace(file, step.drains, name + ".drains");
}

void sc_trace(sc_core::sc_trace_file* file, const InnerProductSum& sum, const std::string& name) {
  sc_core::sc_trace(file, sum.sequence, name + ".sequence");
  sc_core::sc_trace(file, sum.word, name + ".word");
}

}  // namespace lacuna
