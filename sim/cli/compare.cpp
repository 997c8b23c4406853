// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "analysis/compare_sweeps.hpp"
#include "analysis/sweep_sql.hpp"
#include "sim/cli/command.hpp"

namespace lacuna {
namespace {

constexpr char kAllowed[] = "; allowed two databases of lacuna sweep, or RESULT.json alone";

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
    out << "lacuna compare A.json B.json [C.json ...]\n\nTime, energy by component, area and traffic of results side "
           "by side, and whether their\norder by energy holds for all prices within their ranges.\n\n"
           "lacuna compare A.db B.db\n\nWhether two databases of sweeps have the same content; where not, which "
           "figures "
           "differ and\nwhere first. Exit code 1 when they differ.\n";
    return 0;
  }
  std::for_each(words.begin(), words.end(), check_is_file);
  const auto databases = std::count_if(words.begin(), words.end(), is_database);
  if (databases == 0) return compare_command(words, out), 0;
  if (databases != 2 || words.size() != 2) {
    fail_input("compare: found " + std::to_string(databases) + " databases among " + std::to_string(words.size()) +
               " files" + kAllowed);
  }
  return compare_sweeps(words[0], words[1], out) ? 0 : 1;
}

}  // namespace lacuna
