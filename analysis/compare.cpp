// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "analysis/layer_comparison.hpp"
#include "analysis/price_exposure.hpp"
#include "analysis/printed.hpp"
#include "analysis/reduced_precision.hpp"
#include "analysis/sweep_results.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;

/// What is compared of one result. Figures are for all layers that it ran.
struct Side {
  std::string file;
  std::map<std::string, double> figures;  ///< in the units of kFigures
  std::map<std::string, double> energy_uj;
  std::map<std::string, EnergyRange> exposure;
  ComparedRun run;
};

/// A figure of the totals: its name here, the field, and what it is divided by.
struct FigureRow {
  const char* name;
  const char* field;
  double divisor;
};
const FigureRow kFigures[] = {
    {"total ms", "total_ms", 1.0},
    {"processing cycles, millions", "processing_cycles", kMega},
    {"MACs performed, millions", "macs_performed", kMega},
    {"MACs gated, millions", "macs_gated", kMega},
    {"DRAM read MB", "dram_read_bytes", kMega},
    {"DRAM write MB", "dram_write_bytes", kMega},
    {"chip energy uJ", "energy_chip_pj", kMega},
    {"total energy uJ", "energy_total_pj", kMega},
    {"  low", "energy_total_low_pj", kMega},
    {"  high", "energy_total_high_pj", kMega},
};

Side read_side(const std::string& file, const std::string& name) {
  const nlohmann::json json = read_json(file);
  const JsonPlace place(json, file);
  const JsonPlace totals_of = place.at("totals");
  const JsonPlace totals = totals_of.has("all_layers") ? totals_of.at("all_layers") : totals_of.at("layers_run");
  Side side;
  side.file = file;
  for (const FigureRow& row : kFigures) side.figures[row.name] = totals.at(row.field).number() / row.divisor;
  const JsonPlace area = totals_of.at("area_mm2");
  if (!area.is_null()) side.figures["area mm2"] = area.at("total").number();
  const JsonPlace energy = totals.at("energy_pj");
  for (const std::string& component : energy.keys()) side.energy_uj[component] = energy.at(component).number() / kMega;
  side.exposure = price_exposure(place);
  side.run = compared_result(place, name);
  return side;
}

/// One line: a name, a number for each side, and for two the difference.
std::string line(const std::string& name, const std::vector<double>& values) {
  std::string text = name + std::string(name.size() < 28 ? 28 - name.size() : 1, ' ');
  for (const double value : values) text += std::isfinite(value) ? printed(" %16.3f", value) : "                -";
  if (values.size() == 2 && std::isfinite(values[0]) && std::isfinite(values[1])) {
    text += printed("  %+14.3f", values[1] - values[0]);
    if (values[0] != 0.0) text += printed("  %+7.1f %%", 100.0 * (values[1] / values[0] - 1.0));
  }
  return text + "\n";
}

std::vector<double> values_of(const std::vector<Side>& sides, const std::map<std::string, double> Side::*map,
                              const std::string& key) {
  std::vector<double> values;
  for (const Side& side : sides) {
    const auto found = (side.*map).find(key);
    values.push_back(found == (side.*map).end() ? std::nan("") : found->second);
  }
  return values;
}

/// All components, the largest difference between any two sides first.
std::vector<std::string> components(const std::vector<Side>& sides) {
  std::map<std::string, std::pair<double, double>> spans;
  for (const Side& side : sides) {
    for (const auto& entry : side.energy_uj) spans[entry.first] = {0.0, 0.0};
  }
  for (auto& [component, span] : spans) {
    std::set<double> values;
    for (const Side& side : sides) {
      const auto found = side.energy_uj.find(component);
      values.insert(found == side.energy_uj.end() ? 0.0 : found->second);
    }
    span.first = *values.rbegin() - *values.begin();
  }
  std::vector<std::string> names;
  names.reserve(spans.size());
  for (const auto& entry : spans) names.push_back(entry.first);
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return spans.at(a).first > spans.at(b).first; });
  return names;
}

/// Whether A takes less energy than B, and whether that holds for all prices.
std::string ranking(const Side& a, const Side& b) {
  const EnergyRange difference = energy_difference(b.exposure, a.exposure);
  const bool a_less = difference.value_pj >= 0.0;
  const std::string less = a_less ? a.file : b.file;
  const std::string more = a_less ? b.file : a.file;
  const double low = (a_less ? difference.low_pj : -difference.high_pj) / kMega;
  const double high = (a_less ? difference.high_pj : -difference.low_pj) / kMega;
  const std::string by = less + " takes " + printed("%.3f", std::abs(difference.value_pj) / kMega) + " uJ less than " +
                         more + ", " + printed("%.3f", low) + " to " + printed("%.3f", high) +
                         " uJ within the ranges of the prices: ";
  return by + (low >= 0.0 ? "the order holds for all of them\n" : "the order flips for some of them\n");
}

constexpr char kOnePrice[] =
    "one price table, node and DRAM for all (as with --energy, lacuna reprice), or --as-published";

/// The letter of a side.
std::string letter(std::size_t side) { return std::string(1, static_cast<char>('A' + side)); }

void print_comparison(const std::vector<ComparedRun>& runs, std::ostream& out) {
  for (const ComparisonTable& table : comparison_tables(runs)) out << "\n" << text_of(table);
  const std::vector<std::string> remarks = remarks_on(runs);
  if (!remarks.empty()) out << "\n";
  for (const std::string& remark : remarks) out << remark << "\n";
}

}  // namespace

void compare_command(const std::vector<std::string>& files, bool as_published, std::ostream& out) {
  if (files.size() < 2) {
    fail_input("compare: found " + std::to_string(files.size()) +
               " results; allowed two RESULT.json or more, or one or two databases of lacuna sweep");
  }
  constexpr std::size_t kMostFiles = 26;  // letters
  if (files.size() > kMostFiles) {
    fail_input("compare: found " + std::to_string(files.size()) + " results; allowed at most 26, or one database");
  }
  std::vector<Side> sides;
  std::vector<ComparedRun> runs;
  for (const std::string& file : files) {
    sides.push_back(read_side(file, letter(sides.size())));
    runs.push_back(sides.back().run);
    runs.back().name = file;
  }
  if (!as_published) refuse_mixed_prices(runs, kOnePrice);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    out << letter(i) << ": " << sides[i].file << " (prices: " << sides[i].run.prices << ")\n";
    runs[i].name = letter(i);
  }
  out << "\n" << std::string(28, ' ');
  for (std::size_t i = 0; i < sides.size(); ++i) out << std::string(16, ' ') << letter(i);
  out << (sides.size() == 2 ? "           B - A\n" : "\n");
  for (const FigureRow& row : kFigures) out << line(row.name, values_of(sides, &Side::figures, row.name));
  out << line("area mm2", values_of(sides, &Side::figures, "area mm2"));
  out << "\nenergy uJ, largest difference first\n";
  for (const std::string& name : components(sides)) out << line(name, values_of(sides, &Side::energy_uj, name));
  out << "\n";
  for (std::size_t i = 0; i < sides.size(); ++i) {
    for (std::size_t j = i + 1; j < sides.size(); ++j) {
      out << (same_work(runs[i], runs[j])
                  ? ranking(sides[i], sides[j])
                  : sides[i].file + " and " + sides[j].file + " ran other layers: their sums have no order\n");
    }
  }
  print_comparison(runs, out);
}

void compare_points_command(const std::string& file, bool as_published, const PrecisionSources& sources,
                            std::ostream& out) {
  const SweepResults sweep(file);
  const std::vector<ComparedRun> runs = compared_points(sweep);
  if (runs.empty()) fail_input(file + ": no point has a result, found 0; allowed one or more");
  if (runs.size() > kMostCompared) {
    fail_input(file + ": found " + std::to_string(runs.size()) + " points with a result; allowed at most " +
               std::to_string(kMostCompared) + " side by side (lacuna pareto, lacuna report and SQL take any number)");
  }
  if (!as_published) refuse_mixed_prices(runs, kOnePrice);
  const SweepAbout& about = sweep.about();
  out << about.name << ": " << about.description << "\n";
  out << "prices: " << runs[0].prices << "\n";
  out << "cycles and times: at each point's own clock; weight bits: of a stored word or code, the widest\n";
  print_comparison(runs, out);
  const std::optional<ReducedPrecision> precisions = reduced_precision(sweep, sources);
  if (precisions) out << "\n" << text_of(*precisions);
  for (const SweepFailure& failure : sweep.failures(kMostCompared)) {
    out << "\n" << failure.axes << ": " << failure.status << ": " << failure.error << "\n";
  }
}

}  // namespace lacuna
