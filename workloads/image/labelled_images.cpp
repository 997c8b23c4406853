// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/labelled_images.hpp"

#include <filesystem>
#include <set>
#include <sstream>

#include "hw/base/error.hpp"
#include "workloads/json/text_file.hpp"

namespace lacuna {
namespace {

/// The first two cells of a line, and whether there are so many.
bool split(const std::string& line, std::string& first, std::string& second) {
  std::istringstream cells(line);
  return std::getline(cells, first, ',') && std::getline(cells, second, ',') && !first.empty();
}

std::int64_t label_of(const std::string& text, std::int64_t classes, const std::string& place) {
  const bool digits = !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
  const std::int64_t label = digits ? std::stoll(text) : -1;
  if (label < 0 || label >= classes) {
    fail_input(place + "class: found '" + text + "'; allowed 0 to " + std::to_string(classes - 1));
  }
  return label;
}

}  // namespace

std::vector<LabelledImage> read_labels(const std::string& folder, std::int64_t classes) {
  const std::string file = folder + "/labels.csv";
  std::istringstream lines(read_text_file(file, "labels"));
  std::vector<LabelledImage> images;
  std::set<std::string> names;
  std::string line;
  for (std::int64_t number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::string place = file + ": line " + std::to_string(number) + ": ";
    std::string name;
    std::string label;
    const bool whole = split(line, name, label);
    if (number == 1) {
      if (!whole || name != "image" || label != "class")
        fail_input(place + "found '" + line + "'; allowed image,class");
      continue;
    }
    if (!whole) fail_input(place + "found '" + line + "'; allowed an image and its class");
    if (!names.insert(name).second) fail_input(place + "image: found '" + name + "' a second time");
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(folder + "/" + name, ignored)) {
      fail_input(place + "image: no such file, found '" + name + "'");
    }
    images.push_back({folder + "/" + name, label_of(label, classes, place)});
  }
  if (images.empty()) fail_input(file + ": found no images; allowed at least one");
  return images;
}

}  // namespace lacuna
