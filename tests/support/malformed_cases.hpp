// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace lacuna {

/// One malformed input and the message it must give: README.md beside this file describes the form.
struct MalformedCase {
  std::string place;  ///< "syntax.cases: title"
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> words;
  std::string message;
};

/// The cases of every *.cases file of a folder. Throws std::runtime_error where a file is not of that form.
std::vector<MalformedCase> read_cases(const std::string& folder);

void PrintTo(const MalformedCase& malformed, std::ostream* out);

}  // namespace lacuna
