// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "sim/config/data_path.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Files that were read, so that the points of a sweep read each of them once and all see the same contents.
class FileMemory {
 public:
  /// The JSON file. Throws Error (bad_input) as JsonDocument::load does.
  const JsonDocument& document(const DataFile& file);
  /// SHA-256 of the file. Throws Error (bad_input).
  const std::string& digest(const DataFile& file);

 private:
  std::map<std::string, JsonDocument> documents_;  ///< by path
  std::map<std::string, std::string> digests_;
};

}  // namespace lacuna
