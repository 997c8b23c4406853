// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/options.hpp"

#include <algorithm>

#include "sim/config/choice.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

std::vector<std::string> option_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

/// An empty value is what a variable of a script leaves that was never set: no option has a meaning for it.
[[noreturn]] void fail_empty(const std::string& command, const po::option_description& option) {
  const std::string name = "--" + option.long_name();
  const std::string value = option.format_parameter();
  fail_input(command + ": " + name + ": found an empty value; allowed " + name + (value.empty() ? "" : " " + value));
}

void refuse_empty_values(const std::string& command, const po::options_description& options,
                         const po::parsed_options& parsed) {
  for (const po::option& given : parsed.options) {
    const po::option_description* option = options.find_nothrow(given.string_key, false);  // null: a stray word
    const bool is_empty = std::find(given.value.begin(), given.value.end(), "") != given.value.end();
    if (option != nullptr && is_empty) fail_empty(command, *option);
  }
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
    refuse_empty_values(command, options, parsed);
    po::store(parsed, values);
  } catch (const po::unknown_option& error) {
    fail_choice(command + ": unknown option", error.get_option_name(), option_names(options));
  } catch (const po::invalid_command_line_syntax& error) {
    if (error.kind() == error.empty_adjacent_parameter) {  // --out=
      fail_empty(command, options.find(error.get_option_name().substr(2), false));
    }
    fail_input(command + ": " + error.what());
  } catch (const po::error& error) {
    fail_input(command + ": " + error.what());
  }
  if (values.count(kStray) != 0) {
    fail_input(command + ": takes options alone, found '" + values[kStray].as<std::vector<std::string>>()[0] + "'");
  }
  return values;
}

boost::program_options::typed_value<std::string>* text_option(const char* value_name) {
  return boost::program_options::value<std::string>()->value_name(value_name);
}

std::string text_of(const boost::program_options::variables_map& options, const std::string& name) {
  return options.count(name) == 0 ? "" : options[name].as<std::string>();
}

}  // namespace lacuna
