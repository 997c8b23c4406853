// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/command_line.hpp"

#include <algorithm>
#include <exception>
#include <ostream>

#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/config/choice.hpp"
#include "sim/result/program.hpp"

namespace lacuna {
namespace {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"run", "--chip C --network N [options]", "simulate a network on a chip, layer by layer", run_verb},
      {"sweep", "SWEEP [options]", "run many configurations, into a database that it goes on with", sweep_verb},
      {"map", "--chip C --network N [options]", "search mappings of the layers, and explain them", map_verb},
      {"import", "ERT.yaml --map MAP.json [options]", "make a price table of Accelergy's tables", import_verb},
      {"list", "WHAT", "what there is: chips, networks, arrays, numbers, macs, codecs, ...", list_verb},
      {"check", "FILE...", "load files strictly and say whether they are sound", check_verb},
      {"accuracy", "--network N [options]", "top-1 and top-5 of the machine's values on labelled images",
       accuracy_verb},
      {"compress", "--network N --weights W --out FILE", "put shared weights into a compressed weight file",
       compress_verb},
      {"calibrate", "--network N [options]", "print the ranges of a network, for its file", calibrate_verb},
      {"explain", "[/PATH] [options]", "what a field or a figure is, and where its value is from", explain_verb},
      {"schema", "WHAT", "print the JSON Schema of a kind of file", schema_verb},
      {"compare", "A B [C ...]", "results side by side, and whether prices can turn their order; databases of sweeps",
       compare_verb},
      {"report", "RESULT.json|results.db [options]", "one HTML file with charts, tables and provenance", report_verb},
      {"pareto", "RESULTS.db [options]", "the Pareto front of a sweep, and whether prices can turn it", pareto_verb},
      {"export", "RESULTS.db [options]", "the results of a sweep as CSV or JSON", export_verb},
      {"reprice", "RESULT.json --energy T [options]", "energy and area of a result with other prices", reprice_verb},
      {"validate", "RESULT.json...", "compare results with the figures of a paper", validate_verb},
  };
  return table;
}

void print_help(std::ostream& out) {
  out << "Lacuna: a cycle-level simulator of DNN accelerators\n\n";
  std::size_t width = 0;
  for (const Command& command : commands()) width = std::max(width, command.name.size() + command.usage.size() + 1);
  for (const Command& command : commands()) {
    const std::string call = command.name + " " + command.usage;
    out << "  lacuna " << call << std::string(width - call.size() + 2, ' ') << command.summary << "\n";
  }
  out << "\n`lacuna COMMAND --help` lists the options of a command.\n";
}

int dispatch(const std::vector<std::string>& words, std::ostream& out) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h") return print_help(out), 0;
  if (words[0] == "--version") return out << "lacuna " << this_program().version << "\n", 0;
  std::vector<std::string> known = {"--help", "--version"};
  for (const Command& command : commands()) {
    if (command.name == words[0]) return command.run({words.begin() + 1, words.end()}, out);
    known.push_back(command.name);
  }
  fail_choice("unknown command", words[0], known);
}

}  // namespace

int command_line(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
  try {
    const int code = dispatch(words, out);
    if (!out.flush()) fail_run("standard output: cannot be written");
    return code;
  } catch (const Error& error) {
    err << "lacuna: " << error.what() << "\n";
    return error.kind() == ErrorKind::bad_input ? 2 : 1;
  } catch (const std::exception& error) {
    err << "lacuna: " << error.what() << "\n";
    return 1;
  }
}

}  // namespace lacuna
