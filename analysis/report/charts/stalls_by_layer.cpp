// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "analysis/report/bar_names.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/result_document.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

constexpr char kRest[] = "idle or filler";

/// What the PE cycles of a layer went into, in percent of PEs x total cycles.
std::map<std::string, double> shares_of(const Figures& layer, double pes) {
  const double slots = pes * layer.number("total_cycles");
  std::map<std::string, double> shares;
  if (slots <= 0.0) return shares;
  shares["performed"] = layer.number("macs_performed");
  shares["gated"] = layer.number("macs_gated");
  for (const auto& [cause, cycles] : layer.map("stall_cycles")) shares["stall: " + cause] = cycles;
  double rest = slots;
  for (auto& entry : shares) {
    rest -= entry.second;
    entry.second *= 100.0 / slots;
  }
  shares[kRest] = std::max(rest, 0.0) * 100.0 / slots;
  return shares;
}

/// Bottom up: what MACs take, stalls by cause in the colours of the causes, the rest.
std::vector<Hue> hues_for(const std::set<std::string>& causes) {
  std::vector<Hue> hues = hues_of({"performed", "gated"});
  for (const Hue& cause : hues_of({causes.begin(), causes.end()}))
    hues.push_back({"stall: " + cause.name, cause.colour});
  hues.push_back({kRest, kGrey});
  return hues;
}

StackedBars bars_of(const ResultDocument& result) {
  StackedBars bars{
      "Where the PE cycles go", "layer", "% of PEs x total cycles", "PE cycles", result.layer_names(), {}, {}, 100.0};
  std::set<std::string> causes;
  for (const Figures& layer : result.layers) {
    for (const auto& entry : layer.map("stall_cycles")) causes.insert(entry.first);
  }
  for (const Hue& hue : hues_for(causes)) {
    StackedSeries series{hue.name, hue.colour, {}};
    for (const Figures& layer : result.layers) {
      series.values.push_back(shares_of(layer, result.pes_of_array())[hue.name]);
    }
    bars.series.push_back(std::move(series));
  }
  return bars;
}

class StallsByLayer : public ResultChart {
 public:
  int place() const override { return 30; }
  ChartContent draw(const ResultDocument& result) const override {
    const StackedBars bars = bars_of(result);
    return {bars.title,
            "Every PE in every cycle of the layer: MACs performed and gated, stalls by cause (link: waiting for DRAM), "
            "and the rest: PEs that the mapping does not cover, start, drain, and filler MACs.",
            stacked_bars_spec(bars), stacked_bars_svg(bars), fit_half_width(bars.bars.size())};
  }
};

const Registration<ResultChart, StallsByLayer> registered{"stalls_by_layer"};

}  // namespace
}  // namespace lacuna
