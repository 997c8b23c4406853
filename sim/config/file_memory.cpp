// SPDX-License-Identifier: Apache-2.0
#include "sim/config/file_memory.hpp"

#include "workloads/json/digest.hpp"

namespace lacuna {

const JsonDocument& FileMemory::document(const DataFile& file) {
  const auto known = documents_.find(file.path);
  if (known != documents_.end()) return known->second;
  return documents_.emplace(file.path, JsonDocument::load(file.path, file.recorded)).first->second;
}

const std::string& FileMemory::digest(const DataFile& file) {
  const auto known = digests_.find(file.path);
  if (known != digests_.end()) return known->second;
  return digests_.emplace(file.path, sha256_of_file(file.path)).first->second;
}

}  // namespace lacuna
