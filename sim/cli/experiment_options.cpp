// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/experiment_options.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/cli/options.hpp"
#include "sim/config/data_path.hpp"
#include "sim/values/values_cache.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

/// An option that stands for a field of the experiment.
struct FieldOption {
  const char* name;
  const char* pointer;
  const char* value;
  const char* meaning;
};

/// A name or a path.
const FieldOption kTexts[] = {
    {"chip", "/chip", "C", "chip: a name (lacuna list chips) or a path"},
    {"network", "/network", "N", "network: a name or a path"},
    {"precision", "/precision", "P", "number formats and widths: a name or a path"},
    {"energy", "/energy", "T", "price table: a name or a path; the one that the chip has for such words by default"},
    {"mapping", "/run/mapping", "M", "mapping: a name, a path, 'default' or 'search'; the chip's own by default"},
    {"objective", "/run/search/objective", "O",
     "what --mapping search makes least: dram_then_buffer (the default), ..."},
    {"stimulus", "/run/stimulus", "S", "run each layer alone, on seeded data: a name or a path"},
    {"weights", "/run/weights", "W", kWeightsMeaning},
    {"level", "/run/level", "L", "model: event (the default) or clocked (signal by signal, the same figures)"},
};
const FieldOption kNumbers[] = {
    {"batch", "/run/batch", "B", "images in the batch"},
    {"seed", "/run/seed", "S", "added to the seeds of synthetic weights and stimulus"},
};
const FieldOption kSwitches[] = {
    {"no-check-values", "/run/check_values", "false",
     "take ofmaps from the exact layers (event), do not compare them (clocked)"},
    {"extrapolate", "/run/extrapolate", "true", "use prices outside the range they are valid for"},
};

const char* const kImageMeaning = "input images: PNG or JPEG files of any size, or names of shipped ones";
const char* const kSetMeaning = "set any field of the experiment";

po::typed_value<Words>* list_option(const char* value) { return po::value<Words>()->composing()->value_name(value); }

Words split_at_commas(const std::string& text) {
  Words words;
  std::istringstream stream(text + ",");
  for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
  return words;
}

Override override_of(const std::string& option, const std::string& typed, const std::string& pointer,
                     const nlohmann::json& value) {
  const std::string json = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return {pointer, json, "--" + option + (typed.empty() ? "" : " " + typed)};
}

}  // namespace

void add_value_options(po::options_description& options) {
  auto add = options.add_options();
  const auto wanted = [](const FieldOption& option) {
    const std::vector<std::string> names = {"chip", "network", "weights", "seed"};
    return std::find(names.begin(), names.end(), option.name) != names.end();
  };
  for (const FieldOption& option : kTexts)
    if (wanted(option)) add(option.name, text_option(option.value), option.meaning);
  for (const FieldOption& option : kNumbers)
    if (wanted(option)) add(option.name, text_option(option.value), option.meaning);
  add("image", list_option("F")->multitoken(), kImageMeaning);
  add("set", list_option("/PATH=VALUE"), kSetMeaning);
}

void add_experiment_options(po::options_description& options) {
  auto add = options.add_options();
  const auto text = text_option;
  for (const FieldOption& option : kTexts) add(option.name, text(option.value), option.meaning);
  for (const FieldOption& option : kNumbers) add(option.name, text(option.value), option.meaning);
  for (const FieldOption& option : kSwitches) add(option.name, option.meaning);
  add("image", list_option("F")->multitoken(), kImageMeaning);
  add("layers", text("A,B"), "simulate these conv and fc layers alone");
  add("set", list_option("/PATH=VALUE"), kSetMeaning);
}

std::vector<Override> overrides_of(const po::variables_map& options) {
  std::vector<Override> overrides;
  const auto text = [&](const std::string& name) { return options[name].as<std::string>(); };
  for (const FieldOption& option : kTexts) {
    if (options.count(option.name) == 0) continue;
    overrides.push_back(override_of(option.name, text(option.name), option.pointer, text(option.name)));
  }
  for (const FieldOption& option : kNumbers) {
    if (options.count(option.name) == 0) continue;
    Override number = parse_override(std::string(option.pointer) + "=" + text(option.name));
    number.origin = std::string("--") + option.name + " " + text(option.name);
    overrides.push_back(number);
  }
  for (const FieldOption& option : kSwitches) {
    if (options.count(option.name) == 0) continue;
    overrides.push_back({option.pointer, option.value, std::string("--") + option.name});
  }
  if (options.count("image") != 0) {
    const Words images = options["image"].as<Words>();
    std::string typed;
    for (const std::string& image : images) typed += (typed.empty() ? "" : " ") + image;
    overrides.push_back(override_of("image", typed, "/run/images", images));
  }
  if (options.count("layers") != 0) {
    overrides.push_back(override_of("layers", text("layers"), "/run/layers", split_at_commas(text("layers"))));
  }
  if (options.count("set") != 0) {
    for (const std::string& set : options["set"].as<Words>()) overrides.push_back(parse_override(set));
  }
  return overrides;
}

void add_default_chip(std::vector<Override>& overrides) {
  const std::vector<std::string> chips = data_names(DataKind::chip);
  const bool named = std::any_of(overrides.begin(), overrides.end(),
                                 [](const Override& override) { return override.pointer == "/chip"; });
  if (named || std::find(chips.begin(), chips.end(), "eyeriss") == chips.end()) return;
  overrides.insert(overrides.begin(), {"/chip", R"("eyeriss")", "the default"});
}

void add_cache_option(po::options_description& options) {
  options.add_options()("cache", po::value<std::string>()->value_name("DIR"),
                        "folder for values to reuse, 'off' for none (default: $LACUNA_CACHE, ~/.cache/lacuna)");
}

std::string cache_folder_of(const po::variables_map& options) {
  const std::string folder =
      options.count("cache") == 0 ? ValuesCache::default_folder() : options["cache"].as<std::string>();
  return folder == "off" ? "" : folder;
}

}  // namespace lacuna
