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

/// What the array does in one edge: driven by the sequencer before the edge, seen by non-zero detection and PEs.
struct CscStep {
  std::int32_t pass = -1;   ///< -1 = nothing
  std::int32_t drain = -1;  ///< edges since all queues were empty for good, -1 before

  bool active() const { return pass >= 0; }
  bool operator==(const CscStep& o) const { return pass == o.pass && drain == o.drain; }
};

/// An activation on its way to all PEs. A bus without one says so in `valid`.
struct CscBroadcast {
  Word word = 0;
  std::int32_t column = 0;  ///< of the filter tile
  bool valid = false;

  bool operator==(const CscBroadcast& o) const { return word == o.word && column == o.column && valid == o.valid; }
};

std::ostream& operator<<(std::ostream& out, const CscStep& step);
std::ostream& operator<<(std::ostream& out, const CscBroadcast& broadcast);
void sc_trace(sc_core::sc_trace_file* file, const CscStep& step, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const CscBroadcast& broadcast, const std::string& name);

}  // namespace lacuna
