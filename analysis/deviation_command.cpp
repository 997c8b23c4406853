// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <ostream>

#include "analysis/deviation.hpp"
#include "analysis/marked_text.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

struct Options {
  std::vector<std::string> papers;
  std::string into;
  std::string check;
};

std::vector<std::string> papers_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Options parse(const std::vector<std::string>& arguments, const std::string& folder) {
  Options options;
  const std::vector<std::string> known = papers_in(folder);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    std::string* value = word == "--into" ? &options.into : word == "--check" ? &options.check : nullptr;
    if (value != nullptr) {
      if (++i == arguments.size()) fail_input("option '" + word + "' lacks its value");
      *value = arguments[i];
    } else if (word.rfind("--", 0) == 0) {
      fail_input("unknown option, found '" + word + "'; allowed --into, --check");
    } else if (std::find(known.begin(), known.end(), word) == known.end()) {
      std::string list;
      for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
      fail_input("unknown paper, found '" + word + "'; allowed " + list);
    } else {
      options.papers.push_back(word);
    }
  }
  if (options.papers.empty()) options.papers = known;
  if (!options.into.empty() && !options.check.empty()) fail_input("--into and --check exclude each other");
  return options;
}

}  // namespace

int deviation_command(const std::vector<std::string>& arguments, const std::string& published_folder,
                      Measurer& measurer, std::ostream& out) {
  const Options options = parse(arguments, published_folder);
  bool good = true;
  std::vector<std::string> outside;
  for (const std::string& paper : options.papers) {
    const PaperDeviation deviation = measure(load_published(published_folder + "/" + paper + ".json"), measurer);
    const std::string table = deviation_markdown(deviation);
    if (!options.check.empty()) {
      const bool same = holds_marked(options.check, paper, table);
      if (!same) out << options.check << ": its table of " << paper << " is not what comes out\n";
      good = good && same;
    } else if (!options.into.empty()) {
      write_marked(options.into, paper, table);
    } else {
      out << (paper == options.papers.front() ? "" : "\n") << table;
    }
    for (const std::string& breach : breaches(deviation)) outside.push_back(breach);
  }
  for (const std::string& breach : outside) out << "outside tolerance: " << breach << "\n";
  return good && outside.empty() ? 0 : 1;
}

}  // namespace lacuna
