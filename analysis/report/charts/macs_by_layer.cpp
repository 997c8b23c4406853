// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/bar_names.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/result_document.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

StackedBars bars_of(const ResultDocument& result) {
  StackedBars bars{"MACs performed, gated and skipped", "layer", "MACs", "outcome", result.layer_names(), {}, {}};
  for (const Hue& hue : hues_of({"performed", "gated", "skipped"})) {
    StackedSeries series{hue.name, hue.colour, {}};
    for (const Figures& layer : result.layers) series.values.push_back(layer.number("macs_" + hue.name));
    bars.series.push_back(std::move(series));
  }
  return bars;
}

class MacsByLayer : public ResultChart {
 public:
  int place() const override { return 40; }
  ChartContent draw(const ResultDocument& result) const override {
    const StackedBars bars = bars_of(result);
    return {bars.title,
            "Algebraic MACs of the whole batch, products with padding included. Performed: issued with data; gated: "
            "issued but held idle (energy saved, cycle spent); skipped: never issued (cycle saved).",
            stacked_bars_spec(bars), stacked_bars_svg(bars), fit_half_width(bars.bars.size())};
  }
};

const Registration<ResultChart, MacsByLayer> registered{"macs_by_layer"};

}  // namespace
}  // namespace lacuna
