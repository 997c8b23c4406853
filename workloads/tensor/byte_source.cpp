// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/byte_source.hpp"

#include <filesystem>

#include "hw/base/error.hpp"

namespace lacuna {

FileSource::FileSource(const std::string& file, const std::string& tensor)
    : in_(file, std::ios::binary), place_(tensor.empty() ? file : file + ": " + tensor) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);  // an error for what is no file, as a folder is
  if (!in_ || error) fail_input(file + ": cannot be read");
  left_ = static_cast<std::int64_t>(bytes);
}

std::size_t FileSource::read(char* to, std::size_t count) {
  in_.read(to, static_cast<std::streamsize>(count));
  const auto found = static_cast<std::size_t>(in_.gcount());
  left_ -= static_cast<std::int64_t>(found);
  return found;
}

}  // namespace lacuna
