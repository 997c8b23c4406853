// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/options.hpp"
#include "sim/engine/mapping_report.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna map");
  add_experiment_options(options);
  options.add_options()("explain", "loop nest, what each buffer holds, and what limits the layer")("help",
                                                                                                   "print this");
  return options;
}

}  // namespace

int map_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("map", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  std::vector<Override> overrides = overrides_of(options);
  const auto names_mapping = [](const Override& override) { return is_at_or_below(override.pointer, "/run/mapping"); };
  if (std::none_of(overrides.begin(), overrides.end(), names_mapping)) {
    overrides.push_back({"/run/mapping", R"("search")", "the default of lacuna map"});
  }
  const Experiment experiment = compose({JsonDocument(nlohmann::json::object(), "map"), std::move(overrides), {}});
  out << mapping_report(experiment, options.count("explain") != 0);
  return 0;
}

}  // namespace lacuna
