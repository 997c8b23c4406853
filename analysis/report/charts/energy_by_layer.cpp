// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/chart.hpp"
#include "analysis/report/energy_bars.hpp"

namespace lacuna {
namespace {

class EnergyByLayer : public ResultChart {
 public:
  int place() const override { return 10; }
  ChartContent draw(const ResultDocument& result) const override {
    const StackedBars bars = energy_bars(result);
    return {bars.title,
            "For the whole batch, chip and DRAM. Whiskers: all prices at the low and at the high end of their ranges. "
            "A click in the legend picks a component out.",
            stacked_bars_spec(bars), stacked_bars_svg(bars)};
  }
};

const Registration<ResultChart, EnergyByLayer> registered{"energy_by_layer"};

}  // namespace
}  // namespace lacuna
