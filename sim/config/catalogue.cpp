// SPDX-License-Identifier: Apache-2.0
#include "sim/config/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/array/array.hpp"
#include "hw/codec/codec.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "sim/config/choice.hpp"
#include "sim/config/data_path.hpp"
#include "sim/config/field_echo.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {
namespace {

std::vector<CatalogueEntry> files(DataKind kind) {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : data_names(kind)) {
    const DataFile file = shipped_file(kind, name);
    const JsonDocument document = JsonDocument::load(file.path, file.recorded);
    entries.push_back({name, document.view().at("description").text()});
  }
  return entries;
}

std::vector<CatalogueEntry> mappings() {
  std::vector<CatalogueEntry> entries = files(DataKind::mapping);
  entries.insert(entries.begin(), {{"default", "built in: the array's own mapping of any layer"},
                                   {"search", "built in: the best that the search finds under /run/search/objective"}});
  return entries;
}

std::vector<CatalogueEntry> schemas() {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : schema_names()) entries.push_back({name, schema_description(name)});
  return entries;
}

template <class Part, class Describe>
std::vector<CatalogueEntry> parts(Describe describe) {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : Registry<Part>::instance().names()) {
    entries.push_back({name, describe(*Registry<Part>::instance().find(name))});
  }
  return entries;
}

std::string describe_array(const ArrayKind& array) {
  std::string fields;
  const nlohmann::json config = echo_fields(*array.make_config());
  for (const auto& entry : config.items()) {
    fields += (fields.empty() ? "parameters " : ", ") + entry.key();
  }
  return fields;
}

std::string bits_text(std::int64_t bits) { return std::to_string(bits) + (bits == 1 ? " bit" : " bits"); }

std::string describe_number(const NumberFormat& number) {
  const bool one_width = number.min_bits() == number.max_bits();
  return (one_width ? "" : std::to_string(number.min_bits()) + " to ") + bits_text(number.max_bits()) +
         (number.needs_training() ? ", for networks trained in it" : "");
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " or ") + name;
  return text;
}

/// Its rates at words of 16, 8, 4, 2 and 1 bits, as far as it takes them; of widths with the same rate the widest.
std::string describe_rates(const MacDatapath& mac) {
  std::string text;
  MacRate last{0, 0};
  for (const std::int64_t bits : {16, 8, 4, 2, 1}) {
    const MacWidths widths{std::min(bits, mac.max_weight_bits()), std::min(bits, mac.max_activation_bits())};
    const MacRate rate = mac.rate(widths);
    if (rate == last) continue;
    last = rate;
    text += (text.empty() ? "" : "; ") + rate_text(rate) + " at " + std::to_string(widths.weight) + " x " +
            bits_text(widths.activation);
  }
  return text;
}

std::string describe_mac(const MacDatapath& mac) {
  return "weights " + listed(mac.weight_formats()) + " to " + bits_text(mac.max_weight_bits()) + ", activations " +
         listed(mac.activation_formats()) + " to " + bits_text(mac.max_activation_bits()) + ": " + describe_rates(mac);
}

/// What 1000 values of 16 bits take, with none, every other and all of them zero.
std::string describe_codec(const Codec& codec) {
  const std::vector<StoredWord> full(1000, 1);
  std::vector<StoredWord> half = full;
  for (std::size_t i = 0; i < half.size(); i += 2) half[i] = 0;
  const std::vector<StoredWord> empty(1000, 0);
  std::string sizes;
  for (const std::vector<StoredWord>& values : {full, half, empty}) {
    const std::size_t words = codec.encode(CodecParameters(), values).size();
    sizes += (sizes.empty() ? "" : ", ") + std::to_string(words * 8);
  }
  return "2000 bytes of values, none, half or all of them zero, take " + sizes + " bytes";
}

struct Listing {
  const char* what;
  std::vector<CatalogueEntry> (*entries)();
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
    {"sweeps", [] { return files(DataKind::sweep); }},
    {"schemas", schemas},
};

}  // namespace

std::vector<std::string> catalogue_names() {
  std::vector<std::string> names;
  for (const Listing& listing : kListings) names.emplace_back(listing.what);
  return names;
}

std::vector<CatalogueEntry> catalogue(const std::string& what) {
  for (const Listing& listing : kListings) {
    if (what == listing.what) return listing.entries();
  }
  fail_choice("list: unknown", what, catalogue_names());
}

}  // namespace lacuna
