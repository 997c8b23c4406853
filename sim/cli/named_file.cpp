// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/named_file.hpp"

#include <filesystem>

#include "hw/base/error.hpp"
#include "sim/result/output.hpp"

namespace lacuna {

void write_named_file(const std::string& path, const std::string& content) {
  const std::filesystem::path file = path;
  std::error_code ignored;
  const bool is_other = std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored);
  if (file.filename().empty() || is_other) fail_input(path + ": is no file; allowed the name of a file");
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  prepare_output(folder, static_cast<std::int64_t>(content.size()));
  commit_output(folder, {{file.filename().string(), content}});
}

}  // namespace lacuna
