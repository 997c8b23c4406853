// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "hw/array/array.hpp"
#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "sim/cli/command.hpp"
#include "sim/config/data_path.hpp"
#include "sim/config/field_echo.hpp"

namespace lacuna {
namespace {

/// Name and what there is to say about it in one line.
using Line = std::pair<std::string, std::string>;

std::vector<Line> files(DataKind kind) {
  std::vector<Line> lines;
  for (const std::string& name : data_names(kind)) {
    const DataFile file = shipped_file(kind, name);
    const JsonDocument document = JsonDocument::load(file.path, file.recorded);
    lines.emplace_back(name, document.view().at("description").text());
  }
  return lines;
}

std::vector<Line> mappings() {
  std::vector<Line> lines = files(DataKind::mapping);
  lines.insert(lines.begin(), {"default", "built in: the array's own mapping of any layer"});
  return lines;
}

template <class Part, class Describe>
std::vector<Line> parts(Describe describe) {
  std::vector<Line> lines;
  for (const std::string& name : Registry<Part>::instance().names()) {
    lines.emplace_back(name, describe(*Registry<Part>::instance().find(name)));
  }
  return lines;
}

std::string describe_array(const ArrayKind& array) {
  std::string fields;
  const nlohmann::json config = echo_fields(*array.make_config());
  for (const auto& entry : config.items()) {
    fields += (fields.empty() ? "parameters " : ", ") + entry.key();
  }
  return fields;
}

std::string describe_number(const NumberFormat& number) {
  return std::to_string(number.min_bits()) + " to " + std::to_string(number.max_bits()) + " bits";
}

std::string describe_mac(const MacDatapath& mac) {
  return "weights " + mac.weight_format() + " to " + std::to_string(mac.max_weight_bits()) + " bits, activations " +
         mac.activation_format() + " to " + std::to_string(mac.max_activation_bits()) + " bits, " +
         std::to_string(mac.cycles_per_mac()) + " cycles per MAC";
}

/// What 1000 values of 16 bits take, with none, every other and all of them zero.
std::string describe_codec(const Codec& codec) {
  const std::vector<Word> full(1000, 1);
  std::vector<Word> half = full;
  for (std::size_t i = 0; i < half.size(); i += 2) half[i] = 0;
  const std::vector<Word> empty(1000, 0);
  std::string sizes;
  for (const std::vector<Word>& values : {full, half, empty}) {
    const std::size_t words = encode_stream(codec, CodecParameters(), values).size();
    sizes += (sizes.empty() ? "" : ", ") + std::to_string(words * 8);
  }
  return "2000 bytes of values, none, half or all of them zero, take " + sizes + " bytes";
}

struct Listing {
  const char* what;
  std::vector<Line> (*lines)();
};

const Listing kListings[] = {
    {"chips", [] { return files(DataKind::chip); }},
    {"networks", [] { return files(DataKind::network); }},
    {"arrays", [] { return parts<ArrayKind>(describe_array); }},
    {"numbers", [] { return parts<NumberFormat>(describe_number); }},
    {"macs", [] { return parts<MacDatapath>(describe_mac); }},
    {"codecs", [] { return parts<Codec>(describe_codec); }},
    {"precisions", [] { return files(DataKind::precision); }},
    {"energy", [] { return files(DataKind::energy); }},
    {"mappings", mappings},
    {"stimuli", [] { return files(DataKind::stimulus); }},
};

}  // namespace

int list_verb(const std::vector<std::string>& words, std::ostream& out) {
  std::vector<std::string> known;
  for (const Listing& listing : kListings) known.emplace_back(listing.what);
  std::string allowed;
  for (const std::string& what : known) allowed += (allowed.empty() ? "" : ", ") + what;
  if (words.size() == 1 && words[0] == "--help")
    return out << "lacuna list WHAT, with WHAT one of " << allowed << "\n", 0;
  if (words.size() != 1)
    fail_input("list: takes one word, found " + std::to_string(words.size()) + "; allowed " + allowed);
  const auto found = std::find(known.begin(), known.end(), words[0]);
  if (found == known.end()) {
    fail_input("list: unknown, found '" + words[0] + "'; allowed " + allowed + did_you_mean(words[0], known));
  }
  const std::vector<Line> lines = kListings[found - known.begin()].lines();
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.first.size());
  for (const auto& [name, text] : lines) out << name << std::string(width - name.size() + 2, ' ') << text << "\n";
  return 0;
}

}  // namespace lacuna
