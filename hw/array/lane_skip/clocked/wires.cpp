// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/wires.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const LaneSkipStep& step) { return out << step.pass << ':' << step.fold; }

std::ostream& operator<<(std::ostream& out, const LaneSkipNeuron& neuron) {
  if (neuron.kind == LaneSkipNeuron::nothing) return out << '-';
  if (neuron.kind == LaneSkipNeuron::empty_brick) return out << "empty brick of window " << neuron.window;
  return out << neuron.word << " for tap " << neuron.tap << " of window " << neuron.window;
}

std::ostream& operator<<(std::ostream& out, const LaneSkipSum& sum) {
  return out << '#' << sum.sequence << ' ' << sum.word;
}

void sc_trace(sc_core::sc_trace_file* file, const LaneSkipStep& step, const std::string& name) {
  sc_core::sc_trace(file, step.pass, name + ".pass");
  sc_core::sc_trace(file, step.fold, name + ".fold");
}

void sc_trace(sc_core::sc_trace_file* file, const LaneSkipNeuron& neuron, const std::string& name) {
  sc_core::sc_trace(file, neuron.kind, name + ".kind");
  sc_core::sc_trace(file, neuron.word, name + ".word");
  sc_core::sc_trace(file, neuron.tap, name + ".tap");
}

void sc_trace(sc_core::sc_trace_file* file, const LaneSkipSum& sum, const std::string& name) {
  sc_core::sc_trace(file, sum.sequence, name + ".sequence");
  sc_core::sc_trace(file, sum.word, name + ".word");
}

}  // namespace lacuna
