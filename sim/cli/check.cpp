// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/config/choice.hpp"
#include "sim/config/file_check.hpp"

namespace lacuna {

int check_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") return out << "lacuna check FILE...\n", 0;
  if (words.empty()) fail_input("check: no file given; allowed lacuna check FILE...");
  std::string errors;
  for (const std::string& path : words) {
    try {
      const std::string kind = check_file(path);
      out << path << ": " << kind << " ok\n";
    } catch (const Error& error) {
      errors += (errors.empty() ? "" : "\nlacuna: ") + std::string(error.what());
    }
  }
  if (!errors.empty()) fail_input(errors);
  return 0;
}

}  // namespace lacuna
