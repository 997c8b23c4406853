// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/one_case.hpp"

#include <filesystem>
#include <ostream>
#include <sstream>

#include "hw/base/error.hpp"
#include "tests/support/level_comparison.hpp"

namespace lacuna::test {

std::string command_line(const LayerCase& c) {
  return std::filesystem::read_symlink("/proc/self/exe").string() + " --case '" + to_json(c) + "'";
}

int run_case(const std::string& text, std::ostream& out, std::ostream& errors) {
  try {
    const LayerCase c = case_from_json(text);
    const std::vector<std::string> lines = level_differences(c);
    for (const std::string& line : lines) out << line << "\n";
    out << (lines.empty() ? "both levels agree\n" : "(clocked, event)\n");
    return lines.empty() ? 0 : 1;
  } catch (const Error& error) {
    errors << "error: " << error.what() << "\n";
    return 2;
  }
}

std::string head(const std::vector<std::string>& differences) {
  constexpr std::size_t kShown = 12;
  std::ostringstream text;
  for (std::size_t i = 0; i < differences.size() && i < kShown; ++i) text << differences[i] << "\n";
  if (differences.size() > kShown) text << "and " << differences.size() - kShown << " more\n";
  return text.str();
}

}  // namespace lacuna::test
