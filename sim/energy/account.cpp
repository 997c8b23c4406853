// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/account.hpp"

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;  // 1 mW x 1 ms = 1 uJ

}  // namespace

Energy account(const std::map<std::string, std::int64_t>& counts, const Prices& prices, double total_ms) {
  Energy energy;
  for (const auto& [event, count] : counts) {
    const auto price = prices.events.find(event);
    if (price == prices.events.end()) {
      fail_run("price table '" + prices.table + "': event '" + event + "' was counted " + std::to_string(count) +
               " times but is not among the events that the chip announced");
    }
    energy.by_component_pj[price->second.component] += static_cast<double>(count) * price->second.pj;
  }
  if (prices.static_power) {
    energy.by_component_pj["static"] = prices.static_power->value_mw * total_ms * kPicojoulePerMilliwattMillisecond;
  }
  for (const auto& [component, pj] : energy.by_component_pj)
    (component == "dram" ? energy.dram_pj : energy.chip_pj) += pj;
  energy.total_pj = energy.chip_pj + energy.dram_pj;
  if (total_ms > 0.0) energy.power_chip_mw = energy.chip_pj / total_ms / kPicojoulePerMilliwattMillisecond;
  return energy;
}

}  // namespace lacuna
