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

/// What the array, or a part of it, does in one edge: driven by the sequencer before the edge, seen by feeders and PEs.
struct SystolicStep {
  std::int32_t pass = -1;  ///< -1 = nothing
  std::int32_t edge = 0;   ///< counted from the first edge of its load, or from its first MAC
  bool starved = false;    ///< it does not happen: the weight decoder does not have all its words yet

  bool active() const { return pass >= 0 && !starved; }
  bool operator==(const SystolicStep& o) const { return pass == o.pass && edge == o.edge && starved == o.starved; }
};

/// A streamed operand on its way from PE to PE. A wire without one says so in `valid`.
struct SystolicOperand {
  Word word = 0;
  bool valid = false;
  bool first = false;  ///< of the fold
  bool last = false;

  bool operator==(const SystolicOperand& o) const {
    return word == o.word && valid == o.valid && first == o.first && last == o.last;
  }
};

/// A psum on a link or bus. It is new when `sequence`, which counts the sender's psums, is.
struct SystolicPsum {
  std::uint32_t sequence = 0;
  Word word = 0;

  bool operator==(const SystolicPsum& o) const { return sequence == o.sequence; }
};

std::ostream& operator<<(std::ostream& out, const SystolicStep& step);
std::ostream& operator<<(std::ostream& out, const SystolicOperand& operand);
std::ostream& operator<<(std::ostream& out, const SystolicPsum& psum);
void sc_trace(sc_core::sc_trace_file* file, const SystolicStep& step, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const SystolicPsum& psum, const std::string& name);

}  // namespace lacuna
