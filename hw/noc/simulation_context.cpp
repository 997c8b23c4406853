// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/simulation_context.hpp"

#include <systemc>

namespace lacuna {

namespace {

std::vector<std::string>& collected_warnings() {
  static std::vector<std::string> warnings;
  return warnings;
}

void handle_report(const sc_core::sc_report& report, const sc_core::sc_actions& actions) {
  if (report.get_severity() == sc_core::SC_INFO) return;  // "stopped by user" is the watchdog, which says more
  if (report.get_severity() == sc_core::SC_WARNING) {
    collected_warnings().push_back(std::string(report.get_msg_type()) + ": " + report.get_msg());
    return;
  }
  sc_core::sc_report_handler::default_handler(report, actions);
}

}  // namespace

SimulationContext::SimulationContext() {
  // The first context of the process stays for life: static events of the library hang on it. Each simulation gets a
  // fresh one instead of it.
  static sc_core::sc_simcontext* const first = sc_core::sc_get_curr_simcontext();
  static_cast<void>(first);
  sc_core::sc_curr_simcontext = nullptr;
  sc_core::sc_default_global_context = nullptr;
  sc_core::sc_get_curr_simcontext();
  collected_warnings().clear();
  sc_core::sc_report_handler::set_handler(handle_report);
}

SimulationContext::~SimulationContext() {
  delete sc_core::sc_curr_simcontext;
  sc_core::sc_curr_simcontext = nullptr;
  sc_core::sc_default_global_context = nullptr;
}

const std::vector<std::string>& SimulationContext::warnings() const { return collected_warnings(); }

}  // namespace lacuna
