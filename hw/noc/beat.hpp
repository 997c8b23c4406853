// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "hw/base/arithmetic.hpp"

namespace sc_core {
class sc_trace_file;
}

namespace lacuna {

/// Most words that one beat of any bus carries.
constexpr std::int64_t kMaxLanes = 32;

/// What every beat has. `sequence` counts the beats of its sender from 1: a receiver sees a new beat when the number
/// differs from the last one that it saw, so an idle bus writes nothing.
struct Beat {
  std::uint32_t sequence = 0;
  std::int32_t lanes = 0;  ///< words in use
  std::array<Word, kMaxLanes> word{};

  bool operator==(const Beat& other) const { return sequence == other.sequence; }
};

/// Consecutive filter words of one row of PEs: they go to words address .. address + lanes - 1 of the filter spads.
struct FilterBeat : Beat {
  std::int32_t row = 0;      ///< which PEs take it: set x chain length + chain position
  std::int32_t address = 0;  ///< first word in the filter spad
  std::int32_t columns = 0;  ///< PE columns that take part in the pass
  bool last = false;         ///< the last beat of this row in its pass
};

/// Ifmap words, each with the tag of the ifmap row that it belongs to.
struct IfmapBeat : Beat {
  std::int32_t columns = 0;  ///< PE columns that take part in the pass
  std::array<std::int32_t, kMaxLanes> tag{};
};

/// Psums of consecutive filters, for one column of PEs.
struct PsumBeat : Beat {
  std::int32_t column = 0;  ///< set x columns of a set + column in the set
};

std::ostream& operator<<(std::ostream& out, const Beat& beat);
/// Traces sequence, lanes and the first four words.
void sc_trace(sc_core::sc_trace_file* file, const Beat& beat, const std::string& name);

}  // namespace lacuna
