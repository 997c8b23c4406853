// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const CscStep& step) { return out << step.pass << ':' << step.drain; }

std::ostream& operator<<(std::ostream& out, const CscBroadcast& broadcast) {
  return broadcast.valid ? out << broadcast.column << ':' << broadcast.word : out << '-';
}

void sc_trace(sc_core::sc_trace_file* file, const CscStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.drain, name + ".drain");
}

void sc_trace(sc_core::sc_trace_file* file, const CscBroadcast& broadcast, const std::string& name) {
  sc_core::sc_trace(file, broadcast.word, name + ".word");
  sc_core::sc_trace(file, broadcast.column, name + ".column");
  sc_core::sc_trace(file, broadcast.valid, name + ".valid");
}

}  // namespace lacuna
