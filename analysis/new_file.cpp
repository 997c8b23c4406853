// SPDX-License-Identifier: Apache-2.0
#include "analysis/new_file.hpp"

#include <cstdio>
#include <filesystem>

#include "hw/base/error.hpp"

namespace lacuna {

NewFile::NewFile(const std::string& path) : path_(path), partial_(path + ".partial") {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    partial_.clear();
    fail_input(path + ": cannot be written: something that is no file is there");
  }
  stream_.open(partial_, std::ios::binary | std::ios::trunc);
  if (!stream_) fail_input(path + ": cannot be written");
}

NewFile::~NewFile() {
  stream_.close();
  if (!partial_.empty()) std::remove(partial_.c_str());
}

void NewFile::commit() {
  stream_.close();
  if (!stream_ || std::rename(partial_.c_str(), path_.c_str()) != 0) fail_run(path_ + ": cannot be written");
  partial_.clear();
}

}  // namespace lacuna
