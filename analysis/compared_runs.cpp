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

/// A remark of a run on a layer that it went without.
bool is_remark(const std::string& label) { return label.find(": not run: ") != std::string::npos; }

/// The price tables of a result, with their nodes and variants; more than one where layers differ in word widths alone.
std::string prices_text(const JsonPlace& result) {
  std::string variants;
  const JsonPlace energy = result.at("config").at("energy");
  if (energy.has("variants")) {
    const JsonPlace chosen = energy.at("variants");
    for (const std::string& kind : chosen.keys()) variants += ", " + kind + " " + chosen.at(kind).text();
  }
  std::set<std::string> texts;
  for (const JsonPlace& prices : result.at("totals").at("prices").items()) {
    texts.insert(prices.at("table").text() + ", " + printed("%.0f nm", prices.at("node_nm").number()) + variants);
  }
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

/// As many of the first axes as tell the points apart.
std::vector<std::string> point_names(const SweepPoints& points) {
  std::vector<std::string> names(points.size());
  for (const SweepColumn& axis : points.axes) {
    if (std::set<std::string>(names.begin(), names.end()).size() == names.size()) break;
    for (std::size_t row = 0; row < names.size(); ++row) {
      names[row] += (names[row].empty() ? "" : " ") + axis.text(row);
    }
  }
  return names;
}

/// The prices of a point as far as a database tells: its table; and what axes change of it.
std::string axis_prices(const SweepAbout& about, const SweepPoints& points, std::size_t row) {
  std::string text;
  for (std::size_t i = 0; i < about.axes.size(); ++i) {
    for (const std::string& path : about.axes[i].paths) {
      if (path.compare(0, 8, "/energy/") == 0) text += ", " + path + " " + points.axes[i].text(row);
    }
  }
  return text;
}

}  // namespace

const std::vector<std::string>& compared_figures() {
  static const std::vector<std::string> names = {
      "processing_cycles", "total_cycles",    "total_ms",        "macs_total",          "macs_performed",
      "mac_utilization",   "energy_chip_pj",  "energy_total_pj", "energy_total_low_pj", "energy_total_high_pj",
      "weight_bits",       "activation_bits", "dram_read_bytes", "dram_write_bytes"};
  return names;
}

ComparedRun compared_result(const JsonPlace& result, const std::string& name) {
  ComparedRun run;
  run.name = name;
  run.prices = prices_text(result);
  const JsonPlace area = result.at("totals").at("area_mm2");
  run.area_mm2 = area.is_null() ? std::nan("") : area.at("total").number();
  for (const JsonPlace& layer : result.at("layers").items()) {
    ComparedLayer compared{layer.at("name").text(), layer.at("kind").text(), {}};
    if (!on_array(compared.kind)) continue;
    for (const std::string& figure : compared_figures()) compared.figures[figure] = layer.at(figure).number();
    run.layers.push_back(std::move(compared));
  }
  for (const JsonPlace& label : result.at("labels").items()) {
    if (is_remark(label.text())) run.remarks.push_back(label.text());
  }
  return run;
}

std::vector<ComparedRun> compared_points(const SweepResults& sweep) {
  const SweepPoints points = sweep.points({"area_mm2"});
  const std::vector<std::string> names = point_names(points);
  std::vector<ComparedRun> runs(points.size());
  for (std::size_t row = 0; row < runs.size(); ++row) {
    ComparedRun& run = runs[row];
    const std::int64_t id = points.ids[row];
    run.name = names[row];
    run.area_mm2 = points.figure("area_mm2").numbers[row];
    run.prices = sweep.price_tables(id) + axis_prices(sweep.about(), points, row);
    for (SweepLayer& layer : sweep.layers(id, compared_figures())) {
      if (!on_array(layer.kind)) continue;
      run.layers.push_back({layer.name, layer.kind, std::move(layer.figures)});
    }
    for (const std::string& label : sweep.labels(id)) {
      if (is_remark(label)) run.remarks.push_back(label);
    }
  }
  return runs;
}

void refuse_mixed_prices(const std::vector<ComparedRun>& runs, const std::string& allowed) {
  for (const ComparedRun& run : runs) {
    if (run.prices == runs[0].prices) continue;
    fail_input("compare: energies at different prices, found " + runs[0].name + " (" + runs[0].prices + ") and " +
               run.name + " (" + run.prices + "); allowed " + allowed);
  }
}

}  // namespace lacuna
