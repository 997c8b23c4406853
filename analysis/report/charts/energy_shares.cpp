// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/chart.hpp"
#include "analysis/report/energy_bars.hpp"

namespace lacuna {
namespace {

/// Every bar as high as the others.
StackedBars shares_of(StackedBars bars) {
  bars.title = "Energy shares per layer, by component";
  bars.axis_title = "% of the layer's energy";
  bars.ranges.clear();
  bars.top = 100.0;
  for (std::size_t i = 0; i < bars.bars.size(); ++i) {
    double sum = 0.0;
    for (const StackedSeries& series : bars.series) sum += series.values[i];
    for (StackedSeries& series : bars.series) series.values[i] *= sum > 0.0 ? 100.0 / sum : 0.0;
  }
  return bars;
}

class EnergyShares : public ResultChart {
 public:
  int place() const override { return 15; }
  ChartContent draw(const ResultDocument& result) const override {
    const StackedBars bars = shares_of(energy_bars(result));
    return {bars.title, "The same energies, each layer as a whole.", stacked_bars_spec(bars), stacked_bars_svg(bars)};
  }
};

const Registration<ResultChart, EnergyShares> registered{"energy_shares"};

}  // namespace
}  // namespace lacuna
