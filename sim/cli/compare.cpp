// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare.hpp"

#include <ostream>

#include "sim/cli/command.hpp"

namespace lacuna {

int compare_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna compare A.json B.json [C.json ...]\n\nTime, energy by component, area and traffic of results side "
           "by "
           "side, and whether their\norder by energy holds for all prices within their ranges.\n";
    return 0;
  }
  compare_command(words, out);
  return 0;
}

}  // namespace lacuna
