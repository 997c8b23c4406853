// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/result_page.hpp"

#include <cmath>

#include "analysis/printed.hpp"
#include "analysis/report/html.hpp"
#include "analysis/report/layer_tables.hpp"
#include "analysis/report/provenance.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

/// A name in the configuration; "unnamed" where a section was written inline without one.
std::string name_of(const ResultDocument& result, const char* section) {
  const JsonPlace config = result.place().at("config");
  if (!config.has(section) || !config.at(section).has("name")) return "unnamed";
  return config.at(section).at("name").text();
}

std::vector<std::string> notices_of(const ResultDocument& result) {
  std::vector<std::string> notices;
  if (!result.not_run.empty()) {
    notices.push_back("A partial run: " + joined(result.not_run) + " were not run; all sums are of the layers shown.");
  }
  if (result.all.text("energy_extrapolated") == "yes") {
    notices.emplace_back("Energy: prices are used outside the range of their sources (extrapolated).");
  }
  notices.insert(notices.end(), result.labels.begin(), result.labels.end());
  if (!result.host_layers.empty()) {
    notices.push_back("Left to the host, with no cycles and no energy: " + joined(result.host_layers) + ".");
  }
  return notices;
}

std::string share(double part, double whole) {
  return whole > 0.0 ? printed("%.1f", 100.0 * part / whole) + " % of MACs" : "";
}

std::vector<KeyFigure> key_figures_of(const ResultDocument& result) {
  const Figures& all = result.all;
  const double batch = std::max(all.number("batch"), 1.0);
  const EnergyUnit unit = energy_unit(all.number("energy_total_pj") / batch);
  const auto energy = [&](const char* field) { return brief(all.number(field) / batch / unit.picojoules); };
  const auto range = [&](const char* low, const char* high) {
    return energy(low) + " to " + energy(high) + " within the ranges of the prices";
  };
  const double macs = all.number("macs_total");
  const double dram = all.number("dram_read_bytes") + all.number("dram_write_bytes");
  std::vector<KeyFigure> figures = {
      {"Throughput", brief(all.number("images_per_second")) + " images/s",
       brief(all.number("total_ms")) + " ms for batch " + readable(all.number("batch"))},
      {"Energy per image, chip and DRAM", energy("energy_total_pj") + " " + unit.name,
       range("energy_total_low_pj", "energy_total_high_pj")},
      {"Energy per image, chip", energy("energy_chip_pj") + " " + unit.name,
       range("energy_chip_low_pj", "energy_chip_high_pj")},
      {"Power, chip", brief(all.number("power_chip_mw")) + " mW"},
      {"Cycles", readable(all.number("total_cycles")),
       readable(all.number("processing_cycles")) + " of them processing"},
      {"MACs performed", readable(all.number("macs_performed")), share(all.number("macs_performed"), macs)},
      {"MACs gated", readable(all.number("macs_gated")), share(all.number("macs_gated"), macs)},
      {"MACs skipped", readable(all.number("macs_skipped")), share(all.number("macs_skipped"), macs)},
      {"DRAM traffic", brief(dram / kMega) + " MB", macs > 0.0 ? brief(dram / macs) + " bytes per MAC" : ""}};
  const JsonPlace area = result.place().at("totals").at("area_mm2");
  if (!area.is_null()) {
    figures.push_back({"Area, chip", brief(area.at("total").number()) + " mm2",
                       brief(area.at("total_low").number()) + " to " + brief(area.at("total_high").number()) +
                           ", without control, pads and wires between blocks"});
  }
  return figures;
}

}  // namespace

Page result_page(const ResultDocument& result, const ReportKit& kit) {
  Page page;
  page.title = name_of(result, "network") + " on " + name_of(result, "chip");
  const JsonPlace program = result.place().at("program");
  page.subtitle = "Figures of " + std::string(result.not_run.empty() ? "all layers" : "the layers run") + ", batch " +
                  readable(result.all.number("batch")) + ", by Lacuna " + program.at("version").text() + " (revision " +
                  program.at("git_revision").text() + ").";
  page.notices = notices_of(result);
  page.key_figures = key_figures_of(result);
  page.charts = draw_all(result);
  page.sections = {{"layers", "Layers", layers_table(result, kit.layer_fields).html()},
                   {"energy", "Energy", energy_table(result).html()},
                   {"counts", "Stalls and counts", stalls_table(result).html() + counts_table(result).html()},
                   {"totals", "Totals", totals_table(result, kit.total_fields).html()},
                   {"provenance", "Provenance", provenance_html(result)}};
  return page;
}

}  // namespace lacuna
