// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "sim/values/cache_file.hpp"

namespace lacuna {

/// Values that were computed before, on disk, under keys that say all that they depend on. Processes share them by
/// mapping the files. What is damaged or half-written is not found, and is written anew; where nothing can be written
/// the cache costs speed, and no run. Files of its own that were not used for the longest time are removed above
/// kLargestBytes; it touches no others. The folder is looked through where it may have become full, not at each file.
class ValuesCache {
 public:
  static constexpr std::int64_t kLargestBytes = std::int64_t{4} << 30;

  /// In a folder, which is made when something is put there.
  explicit ValuesCache(std::string folder, std::int64_t largest_bytes = kLargestBytes);

  /// The folder that a user has for it: $LACUNA_CACHE, else lacuna in $XDG_CACHE_HOME or ~/.cache; "" where
  /// LACUNA_CACHE is "off" or there is no home.
  static std::string default_folder();
  const std::string& folder() const { return folder_; }

  /// What was put under the key (64 hexadecimal digits), by whichever process. Files are checked once per process.
  std::optional<CacheReader> find(const std::string& key);
  /// Puts it there, if it can, and returns it, if it did.
  std::optional<CacheReader> put(const std::string& key, const CacheWriter& values);

 private:
  std::string file(const std::string& key) const { return folder_ + "/" + key; }
  static bool is_ours(const std::string& name);
  void take_room(const std::string& path);
  void make_room();

  std::string folder_;
  std::int64_t largest_bytes_;
  std::int64_t room_ = 0;  ///< bytes that may be written before the folder is looked through again
  std::map<std::string, CacheReader> open_;
};

}  // namespace lacuna
