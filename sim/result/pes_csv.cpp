// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "sim/result/pe_result.hpp"

namespace lacuna {

std::string pes_csv(const std::vector<PeResult>& pes) {
  std::set<std::string> causes;
  for (const PeResult& pe : pes) {
    for (const auto& stall : pe.stall_cycles) causes.insert(stall.first);
  }
  std::string text = "layer,row,column,macs_performed,macs_gated,macs_filler";
  for (const std::string& cause : causes) text += ",stall_cycles." + cause;
  text += ",idle_cycles\n";
  for (const PeResult& pe : pes) {
    text += pe.layer;
    for (const std::int64_t number : {pe.row, pe.column, pe.performed, pe.gated, pe.filler}) {
      text += "," + std::to_string(number);
    }
    for (const std::string& cause : causes) {
      const auto stall = pe.stall_cycles.find(cause);
      text += "," + (stall == pe.stall_cycles.end() ? "" : std::to_string(stall->second));
    }
    text += "," + std::to_string(pe.idle_cycles) + "\n";
  }
  return text;
}

}  // namespace lacuna
