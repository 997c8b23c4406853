// SPDX-License-Identifier: Apache-2.0
#include "analysis/marked_text.hpp"

#include <cstddef>
#include <fstream>

#include "analysis/json_file.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// After the first marker's line, up to the second marker.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Place find_place(const std::string& file, const std::string& document, const std::string& name) {
  const std::string first = "<!-- begin " + name + " -->\n";
  const std::string last = "<!-- end " + name + " -->";
  const std::size_t begin = document.find(first);
  const std::size_t end = begin == std::string::npos ? begin : document.find(last, begin);
  if (end == std::string::npos) {
    fail_input(file + ": no lines '<!-- begin " + name + " -->' and '" + last + "' to put the table between");
  }
  return {begin + first.size(), end};
}

}  // namespace

void write_marked(const std::string& file, const std::string& name, const std::string& text) {
  std::string document = read_text(file);
  const Place place = find_place(file, document, name);
  document.replace(place.begin, place.end - place.begin, text);
  std::ofstream stream(file, std::ios::binary);
  stream << document << std::flush;
  if (!stream) fail_run(file + ": cannot be written");
}

bool holds_marked(const std::string& file, const std::string& name, const std::string& text) {
  const std::string document = read_text(file);
  const Place place = find_place(file, document, name);
  return document.substr(place.begin, place.end - place.begin) == text;
}

}  // namespace lacuna
