// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/command_line.hpp"

#include <algorithm>
#include <cstdio>
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
      {"quantize", "--network N --target T [options]", "the smallest widths that reach a target, as a precision file",
       quantize_verb},
      {"explain", "[/PATH] [options]", "what a field or a figure is, and where its value is from", explain_verb},
      {"schema", "WHAT", "print the JSON Schema of a kind of file", schema_verb},
      {"compare", "A B [C ...]", "results, or chips of a sweep, side by side; whether databases of sweeps are the same",
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

/// Bytes of the UTF-8 character that begins at `at`; 0 where none does.
std::size_t character_at(const std::string& text, std::size_t at) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(at) < 0x80 ? 1 : byte(at) < 0xC2 ? 0 : byte(at) < 0xE0 ? 2 : byte(at) < 0xF0 ? 3 : 4;
  if (byte(at) > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

/// A message with what files and words have of control characters and broken UTF-8 as \xNN: one line stays one line.
std::string printable(const std::string& message) {
  static const std::string kNextMessage = "\nlacuna: ";
  std::string text;
  for (std::size_t at = 0; at < message.size();) {
    const auto byte = static_cast<unsigned char>(message[at]);
    const bool next = message.compare(at, kNextMessage.size(), kNextMessage) == 0;
    const std::size_t length = next ? kNextMessage.size() : character_at(message, at);
    if (length == 0 || (!next && (byte < 0x20 || byte == 0x7F))) {
      char code[8];
      std::snprintf(code, sizeof code, "\\x%02x", byte);
      text += code;
      ++at;
    } else {
      text += message.substr(at, length);
      at += length;
    }
  }
  return text;
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
    err << "lacuna: " << printable(error.what()) << "\n";
    return error.kind() == ErrorKind::bad_input ? 2 : 1;
  } catch (const std::exception& error) {
    err << "lacuna: " << printable(error.what()) << "\n";
    return 1;
  }
}

}  // namespace lacuna
