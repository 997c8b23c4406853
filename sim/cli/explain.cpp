// SPDX-License-Identifier: Apache-2.0
#include "sim/explain/explain.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/options.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options(
      "lacuna explain [/PATH] [options]\n\n"
      "Without options: what a field, or each field below a path, is. With those of a run: what it is in that run, "
      "and\n"
      "where that is from. With --from, a path may also lead to a figure: /layers/conv1/energy_pj/mac\n\nOptions");
  add_experiment_options(options);
  options.add_options()("from", po::value<std::string>()->value_name("RESULT.json"),
                        "the experiment, or the figures, of a result")("help", "print this");
  return options;
}

}  // namespace

int explain_verb(const std::vector<std::string>& words, std::ostream& out) {
  const bool has_path = !words.empty() && (words[0].empty() || words[0][0] != '-');
  const std::string pointer = has_path ? words[0] : "";
  const po::options_description described = describe_options();
  const po::variables_map options =
      parse_options("explain", described, {words.begin() + (has_path ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  std::vector<Override> overrides = overrides_of(options);
  if (options.count("from") == 0) {
    if (is_figure(pointer)) {
      fail_input("explain: " + pointer + ": a figure of a result, found no result; allowed --from RESULT.json");
    }
    if (overrides.empty()) return out << explain_field(pointer), 0;
    const Request request = {JsonDocument(nlohmann::json::object(), "explain"), std::move(overrides), {}};
    return out << explain_field(compose(request), pointer), 0;
  }
  if (!overrides.empty()) {
    fail_input("--from names a run as it was, found '" + overrides[0].origin + "' beside it; allowed one of them");
  }
  const std::string file = options["from"].as<std::string>();
  if (is_figure(pointer)) return out << explain_figure(file, pointer), 0;
  return out << explain_field(compose(request_from_result(file)), pointer), 0;
}

}  // namespace lacuna
