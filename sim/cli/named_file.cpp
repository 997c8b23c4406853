// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/named_file.hpp"

#include <filesystem>

#include "hw/base/error.hpp"
#include "sim/result/output.hpp"

namespace lacuna {

namespace {

/// Where a name leads, whether a file is there or not: symbolic links followed, "." and ".." taken out.
std::filesystem::path place_of(const std::string& name) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(name, error);
  const std::filesystem::path place = std::filesystem::weakly_canonical(absolute, error);
  return error ? absolute.lexically_normal() : place;
}

bool is_same(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return std::filesystem::equivalent(a, b, ignored) || place_of(a) == place_of(b);
}

std::string folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path().string() : ".";
}

}  // namespace

void check_outputs(const std::vector<std::string>& outputs, const std::string& input) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].empty()) continue;
    if (!input.empty() && is_same(outputs[i], input)) {
      fail_input(outputs[i] + ": is the file that is read; allowed another to write to");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (!outputs[j].empty() && is_same(outputs[i], outputs[j])) {
        fail_input(outputs[i] + ": named for two things to write; allowed another for one of them");
      }
    }
  }
}

void prepare_named_file(const std::string& path, std::int64_t bytes_needed) {
  const std::filesystem::path file = path;
  std::error_code ignored;
  const bool is_other = std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored);
  if (file.filename().empty() || is_other) fail_input(path + ": is no file; allowed the name of a file");
  prepare_output(folder_of(file), bytes_needed);
}

void write_named_file(const std::string& path, const std::string& content) {
  prepare_named_file(path, static_cast<std::int64_t>(content.size()));
  commit_output(folder_of(path), {{std::filesystem::path(path).filename().string(), content}});
}

}  // namespace lacuna
