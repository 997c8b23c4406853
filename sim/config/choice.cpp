// SPDX-License-Identifier: Apache-2.0
#include "sim/config/choice.hpp"

#include "workloads/json/json_view.hpp"

namespace lacuna {

void fail_choice(const std::string& problem, const std::string& found, const std::vector<std::string>& allowed) {
  fail_input(problem + ", found '" + found + "'; allowed " + joined(allowed) + did_you_mean(found, allowed));
}

}  // namespace lacuna
