// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "hw/base/arithmetic.hpp"

namespace sc_core {
class sc_trace_file;
}

namespace lacuna {

/// What the array works on in one edge: driven by the dispatcher before the edge.
struct LaneSkipStep {
  std::int32_t pass = -1;  ///< -1 = nothing
  std::int32_t fold = 0;

  bool active() const { return pass >= 0; }
  bool operator==(const LaneSkipStep& o) const { return pass == o.pass && fold == o.fold; }
};

/// What a lane gives to its sub-unit in every unit in one edge.
struct LaneSkipNeuron {
  enum Kind : std::int32_t { nothing, empty_brick, neuron };

  std::int32_t kind = nothing;
  Word word = 0;
  std::int32_t tap = 0;      ///< counted from the first one of the pass: where its synapses lie
  std::int64_t window = -1;  ///< counted over all folds and passes
  bool last = false;         ///< the lane has nothing after it in this window

  bool operator==(const LaneSkipNeuron& o) const {
    return kind == o.kind && word == o.word && tap == o.tap && window == o.window && last == o.last;
  }
};

/// The sum of a multiplier over a window. It is new when `sequence`, which counts its sums, is.
struct LaneSkipSum {
  std::uint32_t sequence = 0;
  std::int64_t window = -1;
  Word word = 0;

  bool operator==(const LaneSkipSum& o) const { return sequence == o.sequence; }
};

std::ostream& operator<<(std::ostream& out, const LaneSkipStep& step);
std::ostream& operator<<(std::ostream& out, const LaneSkipNeuron& neuron);
std::ostream& operator<<(std::ostream& out, const LaneSkipSum& sum);
void sc_trace(sc_core::sc_trace_file* file, const LaneSkipStep& step, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const LaneSkipNeuron& neuron, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const LaneSkipSum& sum, const std::string& name);

}  // namespace lacuna
