// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "analysis/compare_sweeps.hpp"
#include "analysis/sweep_sql.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/precision_sources.hpp"

namespace lacuna {
namespace {

constexpr char kAllowed[] = "; allowed one or two databases of lacuna sweep, or two RESULT.json or more";

/// Takes the option out of the words; refuses others, and a second one.
bool take_as_published(std::vector<std::string>& words) {
  bool found = false;
  for (auto word = words.begin(); word != words.end();) {
    if (word->rfind("--", 0) != 0) {
      ++word;
      continue;
    }
    if (*word != "--as-published" || found) {
      fail_input("compare: found " + *word + (found ? " twice" : "") +
                 "; allowed --as-published once, or --help alone");
    }
    found = true;
    word = words.erase(word);
  }
  return found;
}

/// Refuses what is neither a result nor a database, before it is counted as one of them.
void check_is_file(const std::string& name) {
  std::error_code ignored;
  if (!std::filesystem::exists(name, ignored)) fail_input("compare: no such file, found '" + name + "'" + kAllowed);
  if (std::filesystem::is_directory(name, ignored)) fail_input("compare: a folder, found '" + name + "'" + kAllowed);
  if (!std::ifstream(name)) fail_input("compare: a file that cannot be read, found '" + name + "'" + kAllowed);
}

}  // namespace

int compare_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna compare A.json B.json [C.json ...] [--as-published]\n\n"
           "Time, energy by component, area, traffic and figures by layer of results side by side, and\n"
           "whether their order by energy holds for all prices within their ranges.\n\n"
           "lacuna compare RESULTS.db [--as-published]\n\n"
           "The points of a sweep side by side, in total and by layer: all_chips is one of all chips. The\n"
           "precisions of a sweep over them too, with published losses and measured accuracies.\n\n"
           "Energies at different prices (another table, node, DRAM) are refused without --as-published.\n\n"
           "lacuna compare A.db B.db\n\n"
           "Whether two databases of sweeps have the same content; where not, which figures differ and\n"
           "where first. Exit code 1 when they differ.\n";
    return 0;
  }
  std::vector<std::string> files = words;
  const bool as_published = take_as_published(files);
  std::for_each(files.begin(), files.end(), check_is_file);
  const auto databases = std::count_if(files.begin(), files.end(), is_database);
  if (databases == 0) return compare_command(files, as_published, out), 0;
  if (databases == 1 && files.size() == 1)
    return compare_points_command(files[0], as_published, shipped_precision_sources(), out), 0;
  if (databases != 2 || files.size() != 2) {
    fail_input("compare: found " + std::to_string(databases) + " databases among " + std::to_string(files.size()) +
               " files" + kAllowed);
  }
  if (as_published) fail_input("compare: found --as-published with two databases; allowed with results, or with one");
  return compare_sweeps(files[0], files[1], out) ? 0 : 1;
}

}  // namespace lacuna
