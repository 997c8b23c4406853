// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/options.hpp"

#include "sim/config/choice.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

std::vector<std::string> option_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

}  // namespace

po::variables_map parse_options(const std::string& command, const po::options_description& options,
                                const std::vector<std::string>& words) {
  namespace style = po::command_line_style;
  const char* const kStray = " ";  // collects words that belong to no option; no one can type it as one
  po::options_description all;
  all.add(options).add_options()(kStray, po::value<std::vector<std::string>>());
  po::variables_map values;
  try {
    const auto parsed = po::command_line_parser(words)
                            .options(all)
                            .positional(po::positional_options_description().add(kStray, -1))
                            .style(style::unix_style & ~style::allow_guessing)
                            .run();
    po::store(parsed, values);
  } catch (const po::unknown_option& error) {
    fail_choice(command + ": unknown option", error.get_option_name(), option_names(options));
  } catch (const po::error& error) {
    fail_input(command + ": " + error.what());
  }
  if (values.count(kStray) != 0) {
    fail_input(command + ": takes options alone, found '" + values[kStray].as<std::vector<std::string>>()[0] + "'");
  }
  return values;
}

}  // namespace lacuna
