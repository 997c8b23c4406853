// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/account.hpp"

#include <string_view>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;  // 1 mW x 1 ms = 1 uJ
constexpr double kSquareMicrometrePerSquareMillimetre = 1e6;

/// Sums of one set of counts, by component and by source.
struct Sums {
  std::map<std::string, Estimate> components;
  bool wants_sources = false;
  std::map<std::string_view, Estimate> sources;

  void add_source(const std::string& source, const Estimate& energy) {
    if (wants_sources) sources[source] += energy;
  }
};

void add_events(const std::map<std::string, std::int64_t>& counts, const Prices& prices, Sums& sums) {
  for (const auto& [event, count] : counts) {
    const auto price = prices.events.find(event);
    if (price == prices.events.end()) {
      fail_run("price table '" + prices.table + "': event '" + event + "' was counted " + std::to_string(count) +
               " times but is not among the events that the chip announced");
    }
    const Estimate energy = price->second.estimate * static_cast<double>(count);
    sums.components[price->second.component] += energy;
    if (price->second.covered.empty()) sums.add_source(price->second.source, energy);
  }
}

/// The units' figures x `factor`, those in PEs for the share of them that counts.
Estimate add_units(const UnitFigures& figures, double share_in_pes, double factor, Sums& sums) {
  Estimate result;
  for (const auto& entry : figures) {
    const Estimate energy = entry.second.estimate * (entry.second.in_pe ? share_in_pes : 1.0);
    result += energy;
    if (entry.second.covered.empty()) sums.add_source(entry.second.source, energy * factor);
  }
  return result * factor;
}

void add_idle(const Prices& prices, const LayerTime& time, Sums& sums) {
  const double pj_per_mw = time.total_ms * kPicojoulePerMilliwattMillisecond;
  if (prices.static_power) {
    sums.components["static"] = prices.static_power->mw * pj_per_mw;
    sums.add_source(prices.static_power->source, prices.static_power->mw * pj_per_mw);
  }
  if (prices.leakage_mw) sums.components["leakage"] = add_units(*prices.leakage_mw, 1.0, pj_per_mw, sums);
  if (prices.clock_pj) {
    const auto cycles = static_cast<double>(time.total_cycles);
    sums.components["clock"] = add_units(*prices.clock_pj, time.covered_pes, cycles, sums);
  }
}

}  // namespace

Energy account(const std::map<std::string, std::int64_t>& counts, const Prices& prices, const LayerTime& time) {
  Sums sums;
  add_events(counts, prices, sums);
  add_idle(prices, time, sums);
  Energy energy;
  for (const auto& [component, estimate] : sums.components) {
    energy.by_component_pj[component] = estimate.value;
    (component == "dram" ? energy.dram_pj : energy.chip_pj) += estimate;
  }
  energy.total_pj += energy.chip_pj;
  energy.total_pj += energy.dram_pj;
  if (time.total_ms > 0.0) {
    energy.power_chip_mw = energy.chip_pj.value / time.total_ms / kPicojoulePerMilliwattMillisecond;
  }
  return energy;
}

std::map<std::string, Estimate> energy_by_source_pj(const std::map<std::string, std::int64_t>& counts,
                                                    const Prices& prices, const LayerTime& time) {
  Sums sums;
  sums.wants_sources = true;
  add_events(counts, prices, sums);
  add_idle(prices, time, sums);
  std::map<std::string, Estimate> energy;
  for (const auto& [source, estimate] : sums.sources) {
    energy[prices.table + ": " + std::string(source)] = estimate;
  }
  return energy;
}

std::map<std::string, Estimate> chip_area_mm2(const std::vector<Prices>& prices) {
  std::map<std::string, Figure> units;
  for (const Prices& words : prices) {
    if (!words.area_um2) return {};
    for (const auto& [unit, figure] : *words.area_um2) {
      if (!figure.covered.empty()) continue;
      Figure& widest = units[unit];
      if (figure.estimate.value > widest.estimate.value) widest = figure;
    }
  }
  std::map<std::string, Estimate> areas;
  for (const auto& entry : units) {
    areas[entry.second.component] += entry.second.estimate * (1.0 / kSquareMicrometrePerSquareMillimetre);
  }
  return areas;
}

}  // namespace lacuna
