// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/options.hpp"
#include "sim/engine/reprice.hpp"
#include "sim/result/layers_csv.hpp"
#include "sim/result/output.hpp"
#include "sim/result/result_json.hpp"
#include "sim/result/table.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

po::options_description describe_options() {
  po::options_description options("Options of lacuna reprice RESULT.json");
  const auto text = text_option;
  options.add_options()("energy", text("T"), "price table: a name (lacuna list energy) or a path")(
      "set", po::value<Words>()->composing()->value_name("/energy/PATH=VALUE"), "set any field of the prices")(
      "extrapolate", "use prices outside the range they are valid for")(
      "out", text("DIR"), "folder for the results (default: lacuna-out)")("help", "print this");
  return options;
}

}  // namespace

int reprice_verb(const Words& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("reprice", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("reprice: no result given; allowed RESULT.json, before the options");
  const std::vector<Override> overrides = overrides_of(options);
  if (overrides.empty()) fail_input("reprice: nothing to change; allowed --energy, --set /energy/PATH=VALUE");
  const std::string folder = options.count("out") == 0 ? "lacuna-out" : options["out"].as<std::string>();
  const RunResult result = reprice(words[0], overrides);
  const std::vector<OutputFile> files = {{"result.json", result_json(result)},
                                         {"layers.csv", layers_csv(result.layers)}};
  std::int64_t bytes = 0;
  for (const OutputFile& file : files) bytes += static_cast<std::int64_t>(file.content.size());
  prepare_output(folder, bytes);
  commit_output(folder, files);
  out << result_table(result) << "written: " << folder << "/result.json, " << folder << "/layers.csv\n";
  return 0;
}

}  // namespace lacuna
