// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <ostream>

#include "analysis/deviation.hpp"
#include "analysis/json_file.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

struct Options {
  std::vector<std::string> results;
  std::string paper = "eyeriss_jssc2017";
  std::string into;
  std::string check;
};

Options parse(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    std::string* value = word == "--paper"   ? &options.paper
                         : word == "--into"  ? &options.into
                         : word == "--check" ? &options.check
                                             : nullptr;
    if (value == nullptr) {
      if (word.rfind("--", 0) == 0) {
        fail_input("unknown option, found '" + word + "'; allowed --paper, --into, --check");
      }
      options.results.push_back(word);
      continue;
    }
    if (++i == arguments.size()) fail_input("option '" + word + "' lacks its value");
    *value = arguments[i];
  }
  if (options.results.empty()) fail_input("no result file given; allowed one RESULT.json or more");
  if (!options.into.empty() && !options.check.empty()) fail_input("--into and --check exclude each other");
  return options;
}

/// Where the table of a paper stands in a document: after the first marker's line, up to the second marker.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Place find_place(const std::string& file, const std::string& document, const std::string& paper) {
  const std::string first = "<!-- begin " + paper + " -->\n";
  const std::string last = "<!-- end " + paper + " -->";
  const std::size_t begin = document.find(first);
  const std::size_t end = begin == std::string::npos ? begin : document.find(last, begin);
  if (end == std::string::npos) {
    fail_input(file + ": no lines '<!-- begin " + paper + " -->' and '" + last + "' to put the table between");
  }
  return {begin + first.size(), end};
}

void write_into(const std::string& file, const std::string& paper, const std::string& table) {
  std::string document = read_text(file);
  const Place place = find_place(file, document, paper);
  document.replace(place.begin, place.end - place.begin, table);
  std::ofstream stream(file, std::ios::binary);
  stream << document << std::flush;
  if (!stream) fail_run(file + ": cannot be written");
}

bool holds(const std::string& file, const std::string& paper, const std::string& table) {
  const std::string document = read_text(file);
  const Place place = find_place(file, document, paper);
  return document.substr(place.begin, place.end - place.begin) == table;
}

}  // namespace

int deviation_command(const std::vector<std::string>& arguments, const std::string& published_folder,
                      std::ostream& out) {
  const Options options = parse(arguments);
  const Deviations deviations =
      compare(load_published(published_folder + "/" + options.paper + ".json"), options.results);
  const std::string table = deviation_markdown(deviations);
  bool good = true;
  if (!options.check.empty()) {
    good = holds(options.check, options.paper, table);
    if (!good) out << options.check << ": its table of " << options.paper << " is not that of these results\n";
  } else if (!options.into.empty()) {
    write_into(options.into, options.paper, table);
  } else {
    out << table;
  }
  for (const std::string& breach : breaches(deviations)) {
    out << "outside tolerance: " << breach << "\n";
    good = false;
  }
  return good ? 0 : 1;
}

}  // namespace lacuna
