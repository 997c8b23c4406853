// SPDX-License-Identifier: Apache-2.0
#include "sim/values/values_cache.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <vector>

namespace lacuna {

namespace fs = std::filesystem;

ValuesCache::ValuesCache(std::string folder, std::int64_t largest_bytes)
    : folder_(std::move(folder)), largest_bytes_(largest_bytes) {}

std::string ValuesCache::default_folder() {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  const std::string given = variable("LACUNA_CACHE");
  if (given == "off") return "";
  if (!given.empty()) return given;
  if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty()) return caches + "/lacuna";
  if (const std::string home = variable("HOME"); !home.empty()) return home + "/.cache/lacuna";
  return "";
}

std::optional<CacheReader> ValuesCache::find(const std::string& key) {
  const auto known = open_.find(key);
  if (known != open_.end()) return known->second;
  std::optional<CacheReader> reader = CacheReader::open(file(key), key);
  if (!reader) return std::nullopt;
  std::error_code ignored;
  fs::last_write_time(file(key), fs::file_time_type::clock::now(), ignored);  // it was used
  open_.emplace(key, *reader);
  return reader;
}

std::optional<CacheReader> ValuesCache::put(const std::string& key, const CacheWriter& values) {
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  if (!values.write(file(key), key)) return std::nullopt;
  take_room(file(key));
  return find(key);
}

void ValuesCache::take_room(const std::string& path) {
  std::error_code gone;
  const auto bytes = static_cast<std::int64_t>(fs::file_size(path, gone));
  room_ -= gone ? 0 : bytes;
  if (room_ < 0) make_room();
}

/// A file of a cache, or what a process that was killed left of one: the folder may be anybody's, and so may what else
/// lies in it.
bool ValuesCache::is_ours(const std::string& name) {
  static const std::regex form("[0-9a-f]{64}([.][0-9]+)?");
  return std::regex_match(name, form);
}

/// Other processes write there too: of the room that is left not much is taken on trust.
void ValuesCache::make_room() {
  struct File {
    fs::file_time_type used;
    std::int64_t bytes;
    fs::path path;
    bool operator<(const File& o) const { return used < o.used; }
  };
  std::vector<File> files;
  std::int64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    if (!is_ours(entry->path().filename())) continue;
    std::error_code gone;  // another process makes room too
    const auto size = static_cast<std::int64_t>(entry->file_size(gone));
    const fs::file_time_type used = entry->last_write_time(gone);
    if (gone) continue;
    files.push_back({used, size, entry->path()});
    bytes += size;
  }
  const std::int64_t on_trust = largest_bytes_ / 64;
  std::sort(files.begin(), files.end());
  const std::int64_t most = bytes <= largest_bytes_ ? bytes : largest_bytes_ - on_trust;
  for (auto file = files.begin(); file != files.end() && bytes > most; ++file) {
    std::error_code kept;
    fs::remove(file->path, kept);
    if (!kept) bytes -= file->bytes;
  }
  room_ = std::min(on_trust, largest_bytes_ - bytes);
}

}  // namespace lacuna
