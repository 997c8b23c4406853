// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/beat.hpp"

#include <ostream>
#include <systemc>

namespace lacuna {

std::ostream& operator<<(std::ostream& out, const Beat& beat) {
  out << '#' << beat.sequence << '[';
  for (std::int32_t lane = 0; lane < beat.lanes; ++lane) {
    out << (lane == 0 ? "" : " ") << beat.word[static_cast<std::size_t>(lane)];
  }
  return out << ']';
}

void sc_trace(sc_core::sc_trace_file* file, const Beat& beat, const std::string& name) {
  constexpr std::size_t kTracedWords = 4;
  sc_core::sc_trace(file, beat.sequence, name + ".sequence");
  sc_core::sc_trace(file, beat.lanes, name + ".lanes");
  for (std::size_t lane = 0; lane < kTracedWords; ++lane) {
    sc_core::sc_trace(file, beat.word[lane], name + ".word" + std::to_string(lane));
  }
}

}  // namespace lacuna
