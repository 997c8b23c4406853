// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "hw/base/error.hpp"

namespace lacuna {

std::string read_text_file(const std::string& file, const std::string& kind) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) fail_input(file + ": is a folder; allowed a " + kind + " file");
  if (!std::filesystem::exists(file, ignored)) fail_input(file + ": no such file");
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  if (!stream) fail_input(file + ": cannot be read");
  return text.str();
}

}  // namespace lacuna
