// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/bar_names.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/result_document.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

StackedBars bars_of(const ResultDocument& result) {
  StackedSeries processing{"processing", kOrange, {}};
  StackedSeries waiting{"waiting for DRAM", kBlue, {}};
  for (const Figures& layer : result.layers) {
    processing.values.push_back(layer.number("processing_cycles"));
    waiting.values.push_back(layer.number("total_cycles") - layer.number("processing_cycles"));
  }
  return {"Cycles per layer", "layer", "core cycles", "the array is", result.layer_names(), {processing, waiting}};
}

class CyclesByLayer : public ResultChart {
 public:
  int place() const override { return 20; }
  ChartContent draw(const ResultDocument& result) const override {
    const StackedBars bars = bars_of(result);
    return {bars.title,
            "Core cycles for the whole batch: those in which the whole array waits on the DRAM link, and all others "
            "(processing cycles).",
            stacked_bars_spec(bars), stacked_bars_svg(bars), fit_half_width(bars.bars.size())};
  }
};

const Registration<ResultChart, CyclesByLayer> registered{"cycles_by_layer"};

}  // namespace
}  // namespace lacuna
