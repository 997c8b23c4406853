// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/run_command.hpp"
#include "sim/cli/wave.hpp"
#include "sim/config/choice.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

po::options_description describe_options() {
  po::options_description options("Options of lacuna run");
  add_experiment_options(options);
  auto add = options.add_options();
  const auto text = text_option;
  add("from", text("RESULT.json"), "repeat the run of a result");
  add("out", text("DIR"), "folder for the results (default: lacuna-out)");
  add("wave", text("LAYER:FIRST-LAST"), "write the signals of these cycles as a VCD; runs the clocked model");
  add("trace", text("FILE"), "write what every unit did when, in the Chrome trace format (opens in Perfetto)");
  add_cache_option(options);
  add("help", "print this");
  return options;
}

/// Only the clocked model has signals.
void add_level_of_wave(const po::variables_map& options, std::vector<Override>& overrides) {
  const auto sets_level = [](const Override& override) { return override.pointer == "/run/level"; };
  if (options.count("wave") != 0 && options.count("from") == 0 &&
      std::none_of(overrides.begin(), overrides.end(), sets_level)) {
    overrides.push_back({"/run/level", R"("clocked")", "--wave " + options["wave"].as<std::string>()});
  }
}

Request request_of(const po::variables_map& options) {
  std::vector<Override> overrides = overrides_of(options);
  add_level_of_wave(options, overrides);
  if (options.count("from") == 0) {
    add_default_chip(overrides);
    return {JsonDocument(nlohmann::json::object(), "run"), std::move(overrides), {}};
  }
  if (!overrides.empty()) {
    fail_input("--from repeats a run as it was, found '" + overrides[0].origin +
               "' beside it; allowed --out, --trace, --wave, --cache");
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
  if (options.count("trace") != 0) output.trace = options["trace"].as<std::string>();
  if (options.count("from") != 0) check_outputs({output.trace}, options["from"].as<std::string>());
  output.cache = cache_folder_of(options);
  return run_command(experiment, output);
}

}  // namespace lacuna
