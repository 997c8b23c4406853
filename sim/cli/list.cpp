// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/config/catalogue.hpp"
#include "sim/config/choice.hpp"

namespace lacuna {

int list_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna list WHAT, with WHAT one of\n";
    for (const std::string& what : catalogue_names()) out << "  " << what << "\n";
    return 0;
  }
  if (words.size() != 1) {
    fail_choice("list: takes one word", std::to_string(words.size()) + " words", catalogue_names());
  }
  const std::vector<CatalogueEntry> entries = catalogue(words[0]);
  std::size_t width = 0;
  for (const CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
  for (const CatalogueEntry& entry : entries) {
    out << entry.name << std::string(width - entry.name.size() + 2, ' ') << entry.description << "\n";
  }
  return 0;
}

}  // namespace lacuna
