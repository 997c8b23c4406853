// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/config/choice.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {

int schema_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna schema WHAT, with WHAT one of\n";
    for (const std::string& name : schema_names()) out << "  " << name << "\n";
    return 0;
  }
  if (words.size() != 1) {
    fail_choice("schema: takes one word", std::to_string(words.size()) + " words", schema_names());
  }
  out << schema_text(words[0]);
  return 0;
}

}  // namespace lacuna
