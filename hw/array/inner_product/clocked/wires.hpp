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

/// What the array does in one edge: driven by the sequencer before the edge.
struct InnerProductStep {
  static constexpr std::int32_t kAll = -1;

  std::int32_t pass = -1;      ///< -1 = nothing
  std::int64_t number = -1;    ///< of the step that begins at this edge, in the pass; -1 = none begins
  std::int32_t window = kAll;  ///< whose units begin it
  bool drains = false;         ///< all steps have ended: their last sums are on their way

  bool active() const { return pass >= 0; }
  bool begins(std::int64_t of) const { return number >= 0 && (window == kAll || window == of); }
  bool operator==(const InnerProductStep& o) const {
    return pass == o.pass && number == o.number && window == o.window && drains == o.drains;
  }
};

/// The sum of a unit over one step, on its way to the accumulator. It is new when `sequence`, which counts the sums of
/// the unit, is.
struct InnerProductSum {
  std::uint32_t sequence = 0;
  std::int32_t pass = -1;
  std::int64_t filter = 0;  ///< counted as in TiledPass, like the pixel
  std::int64_t pixel = 0;
  bool first = false;  ///< of the window's steps in the pass
  bool last = false;
  Word word = 0;

  bool operator==(const InnerProductSum& o) const { return sequence == o.sequence; }
};

std::ostream& operator<<(std::ostream& out, const InnerProductStep& step);
std::ostream& operator<<(std::ostream& out, const InnerProductSum& sum);
void sc_trace(sc_core::sc_trace_file* file, const InnerProductStep& step, const std::string& name);
void sc_trace(sc_core::sc_trace_file* file, const InnerProductSum& sum, const std::string& name);

}  // namespace lacuna
