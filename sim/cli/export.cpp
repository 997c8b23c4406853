// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "analysis/export_sweep.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/config/choice.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna export RESULTS.db");
  const auto text = text_option;
  options.add_options()("csv", text("FILE"), "write a CSV file")("json", text("FILE"),
                                                                 "write a JSON file: a list of records")(
      "view", text("V"), "what: results (the default), layer_results, component_energy, failures, pareto, missing")(
      "help", "print this");
  return options;
}

}  // namespace

int export_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("export", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("export: no database given; allowed RESULTS.db of lacuna sweep, before the options");
  const std::string csv = text_of(options, "csv");
  const std::string json = text_of(options, "json");
  const std::string view = options.count("view") == 0 ? "results" : text_of(options, "view");
  const std::vector<std::string>& views = exported_views();
  if (std::find(views.begin(), views.end(), view) == views.end()) fail_choice("export: --view", view, views);
  if (csv.empty() && json.empty()) fail_input("export: no file to write; allowed --csv FILE, --json FILE or both");
  check_outputs({csv, json}, words[0]);
  if (!csv.empty()) write_named_file(csv, sweep_csv(words[0], view));
  if (!json.empty()) write_named_file(json, sweep_json(words[0], view));
  out << "written: " << csv << (csv.empty() || json.empty() ? "" : ", ") << json << "\n";
  return 0;
}

}  // namespace lacuna
