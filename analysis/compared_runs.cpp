// SPDX-License-Identifier: Apache-2.0
#include "analysis/compared_runs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/printed.hpp"
#include "analysis/sweep_results.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

bool on_array(const std::string& kind) { return kind.compare(0, 5, "host:") != 0; }

/// The price table of a result, with its node and variants.
std::string prices_text(const JsonPlace& result) {
  std::string text;
  for (const JsonPlace& prices : result.at("totals").at("prices").items()) {
    text = prices.at("table").text() + ", " + printed("%.0f nm", prices.at("node_nm").number());
  }
  const JsonPlace energy = result.at("config").at("energy");
  if (!energy.has("variants")) return text;
  const JsonPlace chosen = energy.at("variants");
  for (const std::string& kind : chosen.keys()) text += ", " + kind + " " + chosen.at(kind).text();
  return text;
}

/// The figures of a price table as text, without what is said about them.
std::string price_figures(const JsonPlace& energy) {
  std::string figures;
  for (const std::string& key : energy.keys()) {
    if (key == "description" || key == "fit" || key == "notes" || key == "source") continue;
    figures += key + energy.at(key).json();
  }
  return figures;
}

/// What a result's run was of, besides its chip.
std::map<std::string, std::string> settings_of(const JsonPlace& result) {
  const JsonPlace config = result.at("config");
  const JsonPlace run = config.at("run");
  std::map<std::string, std::string> settings = {{"network", config.at("network").at("name").text()},
                                                 {"batch", run.at("batch").json()},
                                                 {"DRAM link", config.at("chip").at("dram_link").json()},
                                                 {"seed", run.at("seed").json()}};
  if (run.has("images")) settings["images"] = run.at("images").json();
  return settings;
}

/// A text of an axis that is short enough for the head of a column.
std::string short_text(const SweepColumn& axis, std::size_t row) {
  constexpr std::size_t kLongest = 32;
  const std::string text = axis.text(row);
  return text.size() <= kLongest ? text : axis.name + " " + printed("%.0f", axis.numbers[row]);
}

/// As many of the first axes as tell the points apart.
std::vector<std::string> point_names(const SweepPoints& points) {
  std::vector<std::string> names(points.size());
  for (const SweepColumn& axis : points.axes) {
    if (std::set<std::string>(names.begin(), names.end()).size() == names.size()) break;
    for (std::size_t row = 0; row < names.size(); ++row) {
      names[row] += (names[row].empty() ? "" : " ") + short_text(axis, row);
    }
  }
  if (names.size() == 1) names[0] = points.axes.empty() ? "point" : short_text(points.axes[0], 0);
  return names;
}

/// "conv1, conv2" of layers that a run lacks and another has.
std::string lacking(const ComparedRun& run, const std::vector<ComparedRun>& runs) {
  std::string names;
  std::set<std::string> seen;
  for (const ComparedLayer& layer : run.layers) seen.insert(layer.name);
  for (const ComparedRun& other : runs) {
    for (const ComparedLayer& layer : other.layers) {
      if (seen.insert(layer.name).second) names += (names.empty() ? "" : ", ") + layer.name;
    }
  }
  return names;
}

/// The first layer that two runs name alike and that is other work.
std::string other_work(const ComparedRun& run, const ComparedRun& first) {
  for (const ComparedLayer& layer : run.layers) {
    for (const ComparedLayer& other : first.layers) {
      const double macs = layer.figures.at("macs_total");
      const double others = other.figures.at("macs_total");
      if (layer.name != other.name || macs == others) continue;
      return layer.name + " has " + printed("%.0f", macs) + " MACs, that of " + first.name + " " +
             printed("%.0f", others);
    }
  }
  return "";
}

bool all_have(const std::vector<ComparedRun>& runs, const std::string& label) {
  return std::all_of(runs.begin(), runs.end(), [&label](const ComparedRun& run) {
    return std::find(run.labels.begin(), run.labels.end(), label) != run.labels.end();
  });
}

bool is_extrapolated(const ComparedRun& run) {
  return std::any_of(run.layers.begin(), run.layers.end(),
                     [](const ComparedLayer& layer) { return layer.extrapolated; });
}

}  // namespace

const std::vector<std::string>& compared_figures() {
  static const std::vector<std::string> names = {
      "processing_cycles", "total_cycles",    "total_ms",          "macs_total",          "macs_performed",
      "mac_utilization",   "energy_chip_pj",  "energy_total_pj",   "energy_total_low_pj", "energy_total_high_pj",
      "weight_bits",       "activation_bits", "weight_dense_bits", "dram_read_bytes",     "dram_write_bytes"};
  return names;
}

ComparedRun compared_result(const JsonPlace& result, const std::string& name) {
  ComparedRun run;
  run.name = name;
  run.prices = prices_text(result);
  run.prices_digest = price_figures(result.at("config").at("energy"));
  run.settings = settings_of(result);
  const JsonPlace area = result.at("totals").at("area_mm2");
  run.area_mm2 = area.is_null() ? std::nan("") : area.at("total").number();
  for (const JsonPlace& layer : result.at("layers").items()) {
    ComparedLayer compared{layer.at("name").text(), layer.at("kind").text(), {}, false};
    if (!on_array(compared.kind)) continue;
    compared.extrapolated = layer.at("energy_extrapolated").flag();
    for (const std::string& figure : compared_figures()) compared.figures[figure] = layer.at(figure).number();
    run.layers.push_back(std::move(compared));
  }
  for (const JsonPlace& label : result.at("labels").items()) run.labels.push_back(label.text());
  return run;
}

std::vector<ComparedRun> compared_points(const SweepResults& sweep) {
  const SweepPoints points = sweep.points({"area_mm2"});
  const std::vector<std::string> names = point_names(points);
  std::vector<std::string> figures = compared_figures();
  figures.emplace_back("energy_extrapolated");
  std::vector<ComparedRun> runs(points.size());
  for (std::size_t row = 0; row < runs.size(); ++row) {
    ComparedRun& run = runs[row];
    const std::int64_t id = points.ids[row];
    const SweepPrices prices = sweep.prices(id);
    run.name = names[row];
    run.area_mm2 = points.figure("area_mm2").numbers[row];
    run.prices = prices.text;
    run.prices_digest = prices.digest;
    run.labels = sweep.labels(id);
    for (SweepLayer& layer : sweep.layers(id, figures)) {
      if (!on_array(layer.kind)) continue;
      const bool extrapolated = layer.figures.at("energy_extrapolated") != 0.0;
      run.layers.push_back({layer.name, layer.kind, std::move(layer.figures), extrapolated});
    }
  }
  return runs;
}

bool same_work(const ComparedRun& a, const ComparedRun& b) {
  return std::equal(a.layers.begin(), a.layers.end(), b.layers.begin(), b.layers.end(),
                    [](const ComparedLayer& x, const ComparedLayer& y) {
                      return x.name == y.name && x.figures.at("macs_total") == y.figures.at("macs_total");
                    });
}

std::vector<std::string> remarks_on(const std::vector<ComparedRun>& runs) {
  std::vector<std::string> remarks;
  for (const ComparedRun& run : runs) {
    const auto add = [&](const std::string& text) { remarks.push_back(run.name + ": " + text); };
    const std::string missing = lacking(run, runs);
    if (!missing.empty()) add("did not run " + missing);
    const std::string other = other_work(run, runs.front());
    if (!other.empty()) add("other work: " + other);
    if (run.prices_digest != runs.front().prices_digest) add("at prices of its own: " + run.prices);
    if (is_extrapolated(run)) add("prices are used outside the range of their sources");
    for (const auto& [setting, value] : run.settings) {
      if (value != runs.front().settings.at(setting)) add(setting + " " + value);
    }
    for (const std::string& label : run.labels) {
      if (!all_have(runs, label)) add(label);
    }
  }
  return remarks;
}

void refuse_mixed_prices(const std::vector<ComparedRun>& runs, const std::string& allowed) {
  for (const ComparedRun& run : runs) {
    if (run.prices_digest == runs[0].prices_digest) continue;
    const std::string others = run.prices == runs[0].prices ? ", with other figures" : "";
    fail_input("compare: energies at different prices, found " + runs[0].name + " (" + runs[0].prices + ") and " +
               run.name + " (" + run.prices + others + "); allowed " + allowed);
  }
}

}  // namespace lacuna
