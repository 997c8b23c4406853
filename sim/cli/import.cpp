// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/options.hpp"
#include "sim/config/machine.hpp"
#include "sim/energy/accelergy_import.hpp"
#include "sim/engine/plan.hpp"
#include "sim/result/output.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using Words = std::vector<std::string>;

po::options_description describe_options() {
  po::options_description options(
      "Options of lacuna import ERT.yaml (Accelergy's ERT.yaml or ERT_summary.yaml, version 0.3 or 0.4)");
  const auto text = text_option;
  options.add_options()("map", text("MAP.json"), "which actions of which components are the prices of which units")(
      "art", text("ART.yaml"), "take areas from there: ART.yaml or ART_summary.yaml")(
      "chip", text("C"),
      "check against this chip, and bind the prices to its sizes: a name (lacuna list chips) or a path")(
      "precision", text("P"), "widths of the chip's words (default: the chip's own precision)")(
      "out", text("FILE.json"), "price table to write (default: its name in the map, in this folder)")("help",
                                                                                                       "print this");
  return options;
}

/// The chip, with the words that its precision has for all layers without their own.
std::optional<PricedChip> chip_of(const po::variables_map& options) {
  if (options.count("chip") == 0) {
    if (options.count("precision") != 0) fail_input("import: --precision is of a chip; allowed with --chip");
    return {};
  }
  Composer composer({JsonDocument(nlohmann::json::object(), "import"), {}, {}});
  for (const char* section : {"chip", "precision"}) {
    const std::string name = text_of(options, section);
    const std::string option = std::string("--") + section + " " + name;
    if (options.count(section) != 0) composer.put(std::string("/") + section, name, option);
  }
  const ChipConfig chip = load_chip(composer);
  const Precision precision = load_precision_for(composer, chip);
  const WordWidths widths{precision.weights.bits, precision.weights.value_bits, precision.activations.bits,
                          Registry<NumberFormat>::instance().find(precision.weights.format)->coded()};
  const std::vector<std::string> events = events_of(chip);
  return PricedChip{text_of(options, "chip"),
                    units_of(chip, mapping_context(chip, {}, widths), widths),
                    {events.begin(), events.end()}};
}

/// Where the table goes: a .json file that is none of those it is made of.
fs::path output_file(const po::variables_map& options, const JsonView& map, const Words& inputs) {
  const bool given = options.count("out") != 0;
  const fs::path file = given ? text_of(options, "out") : map.at("name").text() + ".json";
  const std::string what = (given ? "--out " : "") + file.string() + ": ";
  if (!given && file.has_parent_path()) {
    fail_input(what + "a name of a table that is no name of a file; allowed with --out FILE.json");
  }
  if (file.extension() != ".json") fail_input(what + "a price table is a .json file");
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) fail_input(what + "is a folder; allowed a file");
  for (const std::string& input : inputs) {
    if (fs::equivalent(file, input, ignored)) fail_input(what + "is a file that the table is made of");
  }
  return file;
}

}  // namespace

int import_verb(const Words& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("import", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("import: no energy table given; allowed ERT.yaml, before the options");
  const std::string map_file = text_of(options, "map");
  if (map_file.empty()) fail_input("import: no map given; allowed --map MAP.json, as lacuna schema accelergy_map says");
  const std::optional<PricedChip> chip = chip_of(options);
  const JsonDocument map = JsonDocument::load(map_file);
  const std::string area_file = text_of(options, "art");
  const AccelergyTable energies = load_accelergy_energies(words[0]);
  const AccelergyTable areas = area_file.empty() ? AccelergyTable() : load_accelergy_areas(area_file);
  const std::string table =
      import_accelergy(map.view(), {energies, area_file.empty() ? nullptr : &areas, chip ? &*chip : nullptr});
  const fs::path file = output_file(options, map.view(), {words[0], map_file, area_file});
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  prepare_output(folder, static_cast<std::int64_t>(table.size()));
  commit_output(folder, {{file.filename().string(), table}});
  out << "written: " << file.string() << "\n";
  return 0;
}

}  // namespace lacuna
