// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "hw/array/systolic/pass.hpp"
#include "hw/base/arithmetic.hpp"

namespace sc_core {
class sc_trace_file;
}

namespace lacuna {

/// What the array, or a part of it, does in one edge: driven by the sequencer before the edge, seen by feeders and PEs.
struct SystolicStep {
  std::int32_t pass = -1;  ///< -1 = nothing
  std::int32_t index = 0;  ///< edge of its load, or step of its computing, which takes as many edges as a MAC
  std::int32_t edge = 0;   ///< of the step
  bool starved = false;    ///< it does not happen: the weight decoder does not have all its words yet

  bool active() const { return pass >= 0 && !starved; }
  /// Whether operands are taken, or given, at this edge.
  bool begins() const { return active() && edge == 0; }
  bool operator==(const SystolicStep& o) const {
    return pass == o.pass && index == o.index && edge == o.edge && starved == o.starved;
  }
};

/// What an issue of a PE takes of an operand: a word for each of its MACs, zeros behind them.
using SystolicWords = std::array<Word, kMostSystolicMacs>;

/// An operand on its way from PE to PE. A wire without one says so in `valid`.
struct SystolicOperand {
  SystolicWords words{};
  bool valid = false;
  bool first = false;  ///< of the fold
  bool last = false;

  bool operator==(const SystolicOperand& o) const {
    return words == o.words && valid == o.valid && first == o.first && last == o.last;
  }
};

/// A psum on a link or bus. It is new when `sequence`, which counts the sender's psums, is.
struct SystolicPsum {
  std::uint32_t sequence = 0;
  Word word = 0;

  bool operator==(const SystolicPsum& o) const { return sequence == o.sequence; }
};

std::ostream& operator<<(std::ostream& out, const SystolicStep& step);
/// Up to the last that is not zero, but for the first.
std::ostream& operator<<(std::ostream& out, const SystolicWords& words);
std::ostream& operator<<(std::ostream& out, const SystolicOperand& operand);
std::ostream& operator<<(std::ostream& out, const SystolicPsum& psum);
void sc_trace(sc_core::sc_trace_file* file, const SystolicStep& step, const std::string& name);
/// The first `words` of an operand; the other form traces one.
void trace_operand(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name,
                   std::int64_t words);
void sc_trace(sc_core::sc_trace_file* file, const SystolicOperand& operand, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const SystolicPsum& psum, const std::string& name);

}  // namespace lacuna
