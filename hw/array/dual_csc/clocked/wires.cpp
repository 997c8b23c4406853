// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const DualCscStep& step) {
  return out << step.pass << (step.loads ? ", weights" : "");
}

std::ostream& operator<<(std::ostream& out, const DualCscBeat& beat) {
  return out << '#' << beat.sequence << ": " << beat.iacts.size() << (beat.last ? ", last of a window" : "");
}

void sc_trace(sc_core::sc_trace_file* file, const DualCscStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.loads, name + ".loads");
}

void sc_trace(sc_core::sc_trace_file* file, const DualCscBeat& beat, const std::string& name) {
  sc_core::sc_trace(file, beat.sequence, name + ".sequence");
  sc_core::sc_trace(file, beat.last, name + ".last");
}

}  // namespace lacuna
