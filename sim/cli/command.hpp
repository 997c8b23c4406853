// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace lacuna {

/// One verb of the command line.
struct Command {
  std::string name;
  std::string usage;    ///< what follows the name, in one line
  std::string summary;  ///< what it does, in one line
  /// Runs it with the words after the name; results go to `out`. Returns the exit code, or throws Error.
  int (*run)(const std::vector<std::string>& words, std::ostream& out);
};

int run_verb(const std::vector<std::string>& words, std::ostream& out);
int sweep_verb(const std::vector<std::string>& words, std::ostream& out);
int map_verb(const std::vector<std::string>& words, std::ostream& out);
int import_verb(const std::vector<std::string>& words, std::ostream& out);
int list_verb(const std::vector<std::string>& words, std::ostream& out);
int check_verb(const std::vector<std::string>& words, std::ostream& out);
int accuracy_verb(const std::vector<std::string>& words, std::ostream& out);
int compress_verb(const std::vector<std::string>& words, std::ostream& out);
int calibrate_verb(const std::vector<std::string>& words, std::ostream& out);
int quantize_verb(const std::vector<std::string>& words, std::ostream& out);
int explain_verb(const std::vector<std::string>& words, std::ostream& out);
int schema_verb(const std::vector<std::string>& words, std::ostream& out);
int pareto_verb(const std::vector<std::string>& words, std::ostream& out);
int export_verb(const std::vector<std::string>& words, std::ostream& out);
int compare_verb(const std::vector<std::string>& words, std::ostream& out);
int report_verb(const std::vector<std::string>& words, std::ostream& out);
int reprice_verb(const std::vector<std::string>& words, std::ostream& out);
int validate_verb(const std::vector<std::string>& words, std::ostream& out);

}  // namespace lacuna
