// SPDX-License-Identifier: Apache-2.0
#include "sim/result/table.hpp"

#include <set>

#include "hw/base/text_table.hpp"
#include "sim/energy/account.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;
constexpr double kPicojoulesPerMillijoule = 1e9;

/// A figure that rests on prices, marked where they are extrapolated.
std::string priced(double value, int decimals, bool extrapolated) {
  return fixed(value, decimals) + (extrapolated ? "*" : "");
}

std::vector<std::string> work_row(const LayerResult& l) {
  if (l.on_host()) return {l.name, l.kind, "0", "", "", "", "", "", "", "", "", "", "", "", ""};
  return {l.name,
          l.kind,
          std::to_string(l.processing_cycles),
          fixed(l.processing_ms, 3),
          fixed(l.total_ms, 3),
          std::to_string(l.macs_performed),
          std::to_string(l.macs_gated),
          std::to_string(l.active_pes),
          fixed(100.0 * l.mac_utilization, 1),
          fixed(100.0 * l.ifmap_zero_fraction, 1),
          fixed(static_cast<double>(l.global_buffer_read_bytes + l.global_buffer_write_bytes) / kMega, 3),
          fixed(static_cast<double>(l.dram_read_bytes + l.dram_write_bytes) / kMega, 3),
          priced(l.energy_chip_pj / kMega, 3, l.energy_extrapolated),
          priced(l.energy_dram_pj / kMega, 3, l.energy_extrapolated),
          priced(l.power_chip_mw, 1, l.energy_extrapolated)};
}

std::vector<std::string> work_row(const std::string& name, const Totals& t) {
  return {name,
          "",
          std::to_string(t.processing_cycles),
          fixed(t.processing_ms, 3),
          fixed(t.total_ms, 3),
          std::to_string(t.macs_performed),
          std::to_string(t.macs_gated),
          "",
          "",
          "",
          fixed(static_cast<double>(t.global_buffer_read_bytes + t.global_buffer_write_bytes) / kMega, 3),
          fixed(static_cast<double>(t.dram_read_bytes + t.dram_write_bytes) / kMega, 3),
          priced(t.energy_chip_pj / kMega, 3, t.energy_extrapolated),
          priced(t.energy_dram_pj / kMega, 3, t.energy_extrapolated),
          priced(t.power_chip_mw, 1, t.energy_extrapolated)};
}

/// What a sum over everything that was run is called.
std::string all_name(const RunResult& result) { return result.not_run.empty() ? "all layers" : "layers run"; }

std::string work_table(const RunResult& result, const Totals& conv, const Totals& all) {
  TextTable table({"layer", "kind", "cycles", "ms", "total ms", "MACs done", "gated", "PEs", "util %", "zeros %",
                   "GLB MB", "DRAM MB", "chip uJ", "DRAM uJ", "chip mW"},
                  2);
  for (const LayerResult& layer : result.layers) table.add(work_row(layer));
  table.add(work_row("conv layers", conv));
  table.add(work_row(all_name(result), all));
  return table.text(2);
}

std::string energy_table(const RunResult& result, const Totals& conv, const Totals& all) {
  std::vector<std::string> head = {"energy, uJ"};
  for (const auto& entry : all.energy_pj) head.push_back(entry.first);
  TextTable table(head, 1);
  const auto add = [&](const std::string& name, const std::map<std::string, double>& energy_pj, bool extrapolated) {
    std::vector<std::string> row = {name};
    for (const auto& entry : all.energy_pj) {
      const auto found = energy_pj.find(entry.first);
      row.push_back(found == energy_pj.end() ? "" : priced(found->second / kMega, 3, extrapolated));
    }
    table.add(row);
  };
  for (const LayerResult& layer : result.layers) {
    if (!layer.on_host()) add(layer.name, layer.energy_pj, layer.energy_extrapolated);
  }
  add("conv layers", conv.energy_pj, conv.energy_extrapolated);
  add(all_name(result), all.energy_pj, all.energy_extrapolated);
  return table.text(2);
}

std::string totals_line(const std::string& name, const Totals& t) {
  if (t.layers == 0) return name + ": none\n";
  const double per_image = static_cast<double>(t.batch) * kPicojoulesPerMillijoule;
  return name + ": " + fixed(t.images_per_second, 2) + " images/s, chip " +
         priced(t.power_chip_mw, 1, t.energy_extrapolated) + " mW, " +
         priced(t.energy_chip_per_image_mj, 3, t.energy_extrapolated) + " mJ per image, with DRAM " +
         priced(t.energy_total_per_image_mj, 3, t.energy_extrapolated) + " mJ per image (" +
         fixed(t.energy_total_low_pj / per_image, 3) + " to " + fixed(t.energy_total_high_pj / per_image, 3) +
         " within the ranges of the prices; batch " + std::to_string(t.batch) + ")\n";
}

/// What the chip takes while nothing is counted.
std::string idle_power(const Prices& prices) {
  if (prices.static_power) return "static power " + fixed(prices.static_power->mw.value, 1) + " mW";
  if (!prices.leakage_mw) return "static power not in this table";
  Estimate leakage;
  for (const auto& entry : *prices.leakage_mw) leakage += entry.second.estimate;
  return "leakage " + fixed(leakage.value, 1) + " mW (" + fixed(leakage.low, 1) + " to " + fixed(leakage.high, 1) + ")";
}

std::string area_line(const std::vector<Prices>& prices, bool extrapolated) {
  Estimate area;
  for (const auto& entry : chip_area_mm2(prices)) area += entry.second;
  if (area.value == 0.0) return "";
  return "area: " + priced(area.value, 2, extrapolated) + " mm2 (" + fixed(area.low, 2) + " to " + fixed(area.high, 2) +
         "), without control, pads and wires between blocks\n";
}

/// Which table priced the run, and how far its figures go.
std::string prices_lines(const Prices& prices) {
  std::size_t fitted = 0;
  std::size_t derived = 0;
  std::size_t covered = 0;
  for (const auto& entry : prices.events) {
    fitted += entry.second.fitted ? 1 : 0;
    derived += entry.second.derived ? 1 : 0;
    covered += entry.second.covered.empty() ? 0 : 1;
  }
  std::string lines = "prices: " + prices.table + " (" + std::to_string(prices.node_nm) + " nm; " + prices.words +
                      "), " + std::to_string(prices.events.size()) + " events: " + std::to_string(fitted) +
                      " fitted, " + std::to_string(derived) + " derived, " + std::to_string(covered) +
                      " covered by another number; " + idle_power(prices) + "\n";
  if (!prices.extrapolated()) return lines;
  std::set<std::string> reasons;
  for (const auto& entry : prices.events) reasons.insert(entry.second.extrapolated);
  reasons.insert(prices.static_extrapolated);
  for (const std::string& reason : reasons) {
    if (!reason.empty()) lines += "* extrapolated: " + reason + "\n";
  }
  return lines;
}

}  // namespace

std::string result_table(const RunResult& result) {
  const Totals conv = totals_of(result.layers, LayerChoice::conv_layers);
  const Totals all = totals_of(result.layers, LayerChoice::all_layers);
  std::string text = work_table(result, conv, all) + "\n" + energy_table(result, conv, all) + "\n";
  text += totals_line("conv layers", conv) + totals_line(all_name(result), all);
  if (!result.not_run.empty()) {
    text += "not run:";
    for (const std::string& layer : result.not_run) text += " " + layer;
    text += "; the sums are of the layers above\n";
  }
  text += area_line(result.prices, all.energy_extrapolated);
  for (const Prices& prices : result.prices) text += prices_lines(prices);
  for (const std::string& label : result.labels) text += label + "\n";
  return text;
}

}  // namespace lacuna
