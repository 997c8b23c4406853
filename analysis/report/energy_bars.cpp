// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/energy_bars.hpp"

#include <algorithm>
#include <set>

#include "analysis/report/palette.hpp"

namespace lacuna {

StackedBars energy_bars(const ResultDocument& result) {
  double largest = 0.0;
  std::set<std::string> components;
  for (const Figures& layer : result.layers) {
    largest = std::max(largest, layer.number("energy_total_high_pj"));
    for (const auto& entry : layer.map("energy_pj")) components.insert(entry.first);
  }
  const EnergyUnit unit = energy_unit(largest);
  StackedBars bars{"Energy per layer, by component",
                   "layer",
                   std::string("energy, ") + unit.name,
                   "component",
                   result.layer_names(),
                   {},
                   {}};
  for (const Hue& hue : hues_of({components.begin(), components.end()})) {
    StackedSeries series{hue.name, hue.colour, {}};
    for (const Figures& layer : result.layers) {
      const auto found = layer.map("energy_pj").find(hue.name);
      series.values.push_back(found == layer.map("energy_pj").end() ? 0.0 : found->second / unit.picojoules);
    }
    bars.series.push_back(std::move(series));
  }
  for (const Figures& layer : result.layers) {
    bars.ranges.push_back({layer.number("energy_total_low_pj") / unit.picojoules,
                           layer.number("energy_total_high_pj") / unit.picojoules});
  }
  return bars;
}

}  // namespace lacuna
