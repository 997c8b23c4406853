// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "hw/base/arithmetic.hpp"

namespace sc_core {
class sc_trace_file;
}

namespace lacuna {

/// What the array does in one edge: driven by the feeder before the edge.
struct DualCscStep {
  std::int32_t pass = -1;  ///< -1 = nothing
  bool loads = false;      ///< weights come into the PEs

  bool active() const { return pass >= 0; }
  bool operator==(const DualCscStep& o) const { return pass == o.pass && loads == o.loads; }
};

/// An activation that is not zero.
struct DualCscIact {
  std::int32_t tap = 0;  ///< of the pass: column of its weights
  Word word = 0;
};

/// What the port of all PEs brings in one edge, from the edge before. It is new when `sequence`, which counts, is.
struct DualCscBeat {
  std::uint64_t sequence = 0;
  std::vector<DualCscIact> iacts;  ///< of one window
  bool last = false;               ///< the window has come, psums too

  bool operator==(const DualCscBeat& o) const { return sequence == o.sequence; }
};

std::ostream& operator<<(std::ostream& out, const DualCscStep& step);
std::ostream& operator<<(std::ostream& out, const DualCscBeat& beat);
void sc_trace(sc_core::sc_trace_file* file, const DualCscStep& step, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const DualCscBeat& beat, const std::string& name);

}  // namespace lacuna
