// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "analysis/deviation.hpp"
#include "sim/cli/command.hpp"
#include "sim/config/data_path.hpp"

namespace lacuna {

int validate_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna validate RESULT.json... [options]\n\n"
           "  --paper NAME   the paper to compare with (default: eyeriss_jssc2017)\n"
           "  --into FILE    write the tables between '<!-- begin NAME -->' and '<!-- end NAME -->' of FILE\n"
           "  --check FILE   compare them with what stands there\n\n"
           "Exit code 1 when a figure is outside its tolerance or FILE holds other tables.\n";
    return 0;
  }
  return deviation_command(words, data_root() + "/analysis/published", out);
}

}  // namespace lacuna
