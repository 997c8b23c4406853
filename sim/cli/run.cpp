// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "sim/cli/command.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/run_command.hpp"
#include "sim/cli/wave.hpp"
#include "sim/config/choice.hpp"
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
    {"energy", "/energy", "T", "price table: a name or a path; the chip's own by default"},
    {"mapping", "/run/mapping", "M", "mapping: a name, a path or 'default'; the chip's own by default"},
    {"stimulus", "/run/stimulus", "S", "run each layer alone, on seeded data: a name or a path"},
    {"weights", "/run/weights", "W", "folder of trained weights (LAYER.weight.npy, LAYER.bias.npy)"},
    {"level", "/run/level", "L", "model: event (the default) or clocked (signal by signal, the same figures)"},
};
const FieldOption kNumbers[] = {
    {"batch", "/run/batch", "B", "images in the batch"},
    {"seed", "/run/seed", "S", "added to the seeds of synthetic weights and stimulus"},
};
const FieldOption kSwitches[] = {
    {"no-check-values", "/run/check_values", "false",
     "take ofmaps from the exact integer layers (event), do not compare them (clocked)"},
    {"extrapolate", "/run/extrapolate", "true", "use prices outside the range they are valid for"},
};

po::options_description describe_options() {
  po::options_description options("Options of lacuna run");
  auto add = options.add_options();
  const auto text = [](const char* value) { return po::value<std::string>()->value_name(value); };
  const auto list = [](const char* value) { return po::value<Words>()->composing()->value_name(value); };
  for (const FieldOption& option : kTexts) add(option.name, text(option.value), option.meaning);
  for (const FieldOption& option : kNumbers) add(option.name, text(option.value), option.meaning);
  for (const FieldOption& option : kSwitches) add(option.name, option.meaning);
  add("image", list("F")->multitoken(), "input images: PNG files, or names of shipped ones");
  add("layers", text("A,B"), "simulate these conv and fc layers alone");
  add("set", list("/PATH=VALUE"), "set any field of the experiment");
  add("from", text("RESULT.json"), "repeat the run of a result");
  add("out", text("DIR"), "folder for the results (default: lacuna-out)");
  add("wave", text("LAYER:FIRST-LAST"), "write the signals of these cycles as a VCD; runs the clocked model");
  add("cache", text("DIR"), "folder for values to reuse, 'off' for none (default: $LACUNA_CACHE, ~/.cache/lacuna)");
  add("help", "print this");
  return options;
}

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
  // Only the clocked model has signals.
  const auto sets_level = [](const Override& override) { return override.pointer == "/run/level"; };
  if (options.count("wave") != 0 && options.count("from") == 0 &&
      std::none_of(overrides.begin(), overrides.end(), sets_level)) {
    overrides.push_back({"/run/level", R"("clocked")", "--wave " + text("wave")});
  }
  return overrides;
}

Request request_of(const po::variables_map& options) {
  std::vector<Override> overrides = overrides_of(options);
  if (options.count("from") == 0) {
    return {JsonDocument(nlohmann::json::object(), "run"), std::move(overrides), {}};
  }
  if (!overrides.empty()) {
    fail_input("--from repeats a run as it was, found '" + overrides[0].origin + "' beside it; allowed --out, --wave");
  }
  return request_from_result(options["from"].as<std::string>());
}

}  // namespace

int run_verb(const Words& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("run", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  const Experiment experiment = compose(request_of(options));
  RunOutput output;
  if (options.count("out") != 0) output.folder = options["out"].as<std::string>();
  if (options.count("wave") != 0) output.wave = parse_wave(options["wave"].as<std::string>(), experiment);
  output.cache = options.count("cache") == 0 ? ValuesCache::default_folder() : options["cache"].as<std::string>();
  if (output.cache == "off") output.cache.clear();
  return run_command(experiment, output);
}

}  // namespace lacuna
