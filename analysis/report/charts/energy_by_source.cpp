// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/price_exposure.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/result_document.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Source = std::pair<std::string, EnergyRange>;

constexpr std::size_t kMostSources = 15;
constexpr std::size_t kBarStep = 24;

/// Sources of prices, those with the most energy first; without the name of the price table where there is but one.
std::vector<Source> sources_of(const ResultDocument& result) {
  const std::map<std::string, EnergyRange> exposure = price_exposure(result.place());
  std::vector<Source> sources(exposure.begin(), exposure.end());
  std::set<std::string> tables;
  for (const JsonPlace& prices : result.place().at("totals").at("prices").items()) {
    tables.insert(prices.at("table").text());
  }
  if (tables.size() == 1) {
    for (Source& source : sources) source.first.erase(0, tables.begin()->size() + 2);  // "TABLE: "
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [](const Source& a, const Source& b) { return a.second.value_pj > b.second.value_pj; });
  return sources;
}

Json spec_of(const std::vector<Source>& sources) {
  const EnergyUnit unit = energy_unit(sources.empty() ? 0.0 : sources[0].second.high_pj);
  Json spec = Json::parse(R"json({
    "width": "container", "height": 0,
    "encoding": {"y": {"field": "source", "type": "nominal", "title": null,
                       "axis": {"labelLimit": 440, "labelPadding": 6}}},
    "layer": [
      {"mark": {"type": "bar"},
       "encoding": {"x": {"field": "value", "type": "quantitative"},
                    "tooltip": [{"field": "source"}, {"field": "low", "format": ",.5~r"},
                                {"field": "value", "format": ",.5~r"}, {"field": "high", "format": ",.5~r"},
                                {"field": "share", "title": "of the energy", "format": ".1%"}]}},
      {"mark": {"type": "errorbar", "ticks": {"size": 8}, "color": "currentColor", "opacity": 0.8},
       "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}}]})json");
  const std::string axis = std::string("energy, ") + unit.name;
  spec["height"] = kBarStep * std::min(sources.size(), kMostSources);
  spec["layer"][0]["mark"]["color"] = kSky;
  spec["layer"][0]["encoding"]["x"]["title"] = axis;
  spec["layer"][1]["encoding"]["x"]["title"] = axis;
  spec["data"]["values"] = Json::array();
  double sum = 0.0;
  for (const Source& source : sources) sum += source.second.value_pj;
  for (std::size_t i = 0; i < std::min(sources.size(), kMostSources); ++i) {
    const auto& [name, range] = sources[i];
    spec["encoding"]["y"]["scale"]["domain"].push_back(name);
    spec["data"]["values"].push_back({{"source", name},
                                      {"low", range.low_pj / unit.picojoules},
                                      {"value", range.value_pj / unit.picojoules},
                                      {"high", range.high_pj / unit.picojoules},
                                      {"share", sum > 0.0 ? range.value_pj / sum : 0.0}});
  }
  return spec;
}

class EnergyBySource : public ResultChart {
 public:
  int place() const override { return 80; }
  ChartContent draw(const ResultDocument& result) const override {
    const std::vector<Source> sources = sources_of(result);
    const std::string shown = sources.size() > kMostSources ? " The " + std::to_string(kMostSources) + " largest of " +
                                                                  std::to_string(sources.size()) + " sources."
                                                            : "";
    return {"What the energy rests on",
            "Energy of all layers that ran, chip and DRAM, by the source of the price that it was counted with. "
            "Whiskers: the range of that source's prices." +
                shown,
            spec_of(sources).dump()};
  }
};

const Registration<ResultChart, EnergyBySource> registered{"energy_by_source"};

}  // namespace
}  // namespace lacuna
