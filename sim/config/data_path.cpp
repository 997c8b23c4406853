// SPDX-License-Identifier: Apache-2.0
#include "sim/config/data_path.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;

struct Place {
  const char* kind;
  const char* folder;
  const char* ending;                    ///< of shipped files
  std::vector<std::string> others = {};  ///< further ones that tell a path from a name
};

const Place& place_of(DataKind kind) {
  static const Place places[] = {
      {"chip", "configs/chips", ".json"},
      {"network", "workloads/networks", ".json"},
      {"precision", "configs/precision", ".json"},
      {"price table", "configs/energy", ".json"},
      {"mapping", "configs/mappings", ".json"},
      {"stimulus", "workloads/stimuli", ".json"},
      {"image", "workloads/images", ".png", {".jpg", ".jpeg"}},
      {"sweep", "configs/sweeps", ".json"},
  };
  return places[static_cast<std::size_t>(kind)];
}

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// ".png, .jpg or .jpeg"
std::string endings_of(const Place& place) {
  std::string text = place.ending;
  for (const std::string& other : place.others) text += (other == place.others.back() ? " or " : ", ") + other;
  return text;
}

/// Cameras write endings in capitals.
bool is_path(const Place& place, std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  const auto ends = [&text](const std::string& ending) { return ends_with(text, ending); };
  return text.find('/') != std::string::npos || ends(place.ending) ||
         std::any_of(place.others.begin(), place.others.end(), ends);
}

bool is_shipped_name(const std::string& recorded) {
  return starts_with(recorded, "configs/") || starts_with(recorded, "workloads/");
}

}  // namespace

std::string to_string(DataKind kind) { return place_of(kind).kind; }

std::string data_root() {
  std::error_code ignored;
  if (const char* given = std::getenv("LACUNA_DATA"); given != nullptr && *given != '\0') {
    if (!fs::is_directory(given, ignored)) fail_input(std::string("LACUNA_DATA: no folder '") + given + "'");
    return given;
  }
  const fs::path installed = fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share/lacuna";
  return fs::is_directory(installed, ignored) ? installed.string() : LACUNA_SOURCE_TREE;
}

std::vector<std::string> data_names(DataKind kind) {
  const Place& place = place_of(kind);
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::path(data_root()) / place.folder, ignored)) {
    if (entry.path().extension() == place.ending) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

DataFile shipped_file(DataKind kind, const std::string& name) {
  return recorded_file(std::string(place_of(kind).folder) + "/" + name + place_of(kind).ending);
}

DataFile user_file(const std::string& path) { return {is_shipped_name(path) ? "./" + path : path, path}; }

DataFile find_data(DataKind kind, const JsonView& reference) {
  const std::string text = reference.text();
  if (is_path(place_of(kind), text)) {
    std::error_code ignored;
    if (!fs::is_regular_file(text, ignored)) reference.fail("no such file, found '" + text + "'");
    return user_file(text);
  }
  const DataFile shipped = shipped_file(kind, text);
  std::error_code ignored;
  if (text.empty() || !fs::is_regular_file(shipped.path, ignored)) {
    const std::vector<std::string> names = data_names(kind);
    const std::string all = names.empty() ? "" : joined(names) + ", or ";
    reference.fail("unknown " + to_string(kind) + ", found '" + text + "'; allowed " + all + "the path of a " +
                   endings_of(place_of(kind)) + " file" + did_you_mean(text, names));
  }
  return shipped;
}

DataFile recorded_file(const std::string& recorded) {
  return {recorded, is_shipped_name(recorded) ? (fs::path(data_root()) / recorded).string() : recorded};
}

}  // namespace lacuna
