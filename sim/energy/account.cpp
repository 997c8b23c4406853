// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/account.hpp"

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;  // 1 mW x 1 ms = 1 uJ
constexpr double kSquareMicrometrePerSquareMillimetre = 1e6;

using Components = std::map<std::string, Estimate>;

void add_events(const std::map<std::string, std::int64_t>& counts, const Prices& prices, Components& components) {
  for (const auto& [event, count] : counts) {
    const auto price = prices.events.find(event);
    if (price == prices.events.end()) {
      fail_run("price table '" + prices.table + "': event '" + event + "' was counted " + std::to_string(count) +
               " times but is not among the events that the chip announced");
    }
    components[price->second.component] += price->second.estimate * static_cast<double>(count);
  }
}

Estimate sum(const UnitFigures& figures, double share_in_pes) {
  Estimate result;
  for (const auto& entry : figures) result += entry.second.estimate * (entry.second.in_pe ? share_in_pes : 1.0);
  return result;
}

void add_idle(const Prices& prices, const LayerTime& time, Components& components) {
  const double pj_per_mw = time.total_ms * kPicojoulePerMilliwattMillisecond;
  if (prices.static_power) components["static"] = prices.static_power->mw * pj_per_mw;
  if (prices.leakage_mw) components["leakage"] = sum(*prices.leakage_mw, 1.0) * pj_per_mw;
  if (prices.clock_pj) {
    components["clock"] = sum(*prices.clock_pj, time.covered_pes) * static_cast<double>(time.total_cycles);
  }
}

}  // namespace

Energy account(const std::map<std::string, std::int64_t>& counts, const Prices& prices, const LayerTime& time) {
  Components components;
  add_events(counts, prices, components);
  add_idle(prices, time, components);
  Energy energy;
  for (const auto& [component, estimate] : components) {
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
