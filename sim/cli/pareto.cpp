// SPDX-License-Identifier: Apache-2.0
#include <ostream>
#include <sstream>

#include "analysis/pareto_command.hpp"
#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna pareto RESULTS.db");
  const auto text = text_option;
  options.add_options()("objectives", text("F,G"), "figures, each with :min or :max if need be (default: the sweep's)")(
      "where", text("SQL"), "look only at results that meet this, such as 'area_mm2 < 20'")(
      "csv", text("FILE"), "also write the table as a CSV file")(
      "as-published", "take energies at different prices as they are; they are refused without")("help", "print this");
  return options;
}

}  // namespace

int pareto_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("pareto", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("pareto: no database given; allowed RESULTS.db of lacuna sweep, before the options");
  ParetoQuery query;
  query.database = words[0];
  if (options.count("where") != 0) query.where = options["where"].as<std::string>();
  query.as_published = options.count("as-published") != 0;
  if (options.count("objectives") != 0) {
    std::istringstream list(options["objectives"].as<std::string>() + ",");
    for (std::string word; std::getline(list, word, ',');) query.objectives.push_back(word);
  }
  if (options.count("csv") != 0) check_outputs({options["csv"].as<std::string>()}, words[0]);
  const ParetoTable table = pareto_table(query);
  if (options.count("csv") != 0) write_named_file(options["csv"].as<std::string>(), pareto_csv(table));
  print_pareto(table, out);
  return 0;
}

}  // namespace lacuna
