// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "analysis/report/bar_names.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostUprightLabels = 8;
constexpr std::size_t kMostSlantedLabels = 20;

}  // namespace

Json bar_names_axis(std::size_t bars) {
  if (bars <= kMostUprightLabels) return {{"labelAngle", 0}};
  if (bars <= kMostSlantedLabels) return {{"labelAngle", -45}};
  return {{"labelAngle", -90}, {"labelFontSize", 10}, {"labelLimit", 130}, {"labelOverlap", false}};
}

namespace {

/// Bars keep their order, and tell of equal names apart by their place: a name is drawn once per place.
Json bars_spec(const StackedBars& chart) {
  Json spec = Json::parse(R"json({
    "params": [{"name": "series", "select": {"type": "point", "fields": ["series"]}, "bind": "legend"}],
    "mark": {"type": "bar"},
    "encoding": {
      "x": {"field": "bar", "type": "nominal"},
      "y": {"field": "value", "type": "quantitative", "axis": {"format": "~s"}},
      "color": {"field": "series", "type": "nominal"},
      "order": {"field": "order", "type": "quantitative"},
      "opacity": {"condition": {"param": "series", "value": 1}, "value": 0.12},
      "tooltip": [{"field": "bar"}, {"field": "series"}, {"field": "value", "format": ",.5~r"},
                  {"field": "share", "title": "share of the bar", "format": ".1%"}]}})json");
  Json& encoding = spec["encoding"];
  encoding["x"]["title"] = nullptr;
  encoding["x"]["scale"]["domain"] = chart.bars;
  encoding["x"]["axis"] = bar_names_axis(chart.bars.size());
  encoding["y"]["title"] = chart.axis_title;
  if (chart.top > 0.0) {
    encoding["y"]["scale"] = {{"domainMax", chart.top}, {"clamp", true}};
  }
  encoding["color"]["title"] = chart.series_title;
  for (const StackedSeries& series : chart.series) {
    encoding["color"]["scale"]["domain"].push_back(series.name);
    encoding["color"]["scale"]["range"].push_back(series.colour);
  }
  encoding["tooltip"][0]["title"] = chart.bar_title;
  encoding["tooltip"][1]["title"] = chart.series_title;
  encoding["tooltip"][2]["title"] = chart.axis_title;
  return spec;
}

Json values_of(const StackedBars& chart) {
  std::vector<double> sums(chart.bars.size(), 0.0);
  for (const StackedSeries& series : chart.series) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += series.values[i];
  }
  Json values = Json::array();
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const StackedSeries& series = chart.series[s];
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
      values.push_back({{"bar", chart.bars[i]},
                        {"series", series.name},
                        {"order", s},
                        {"value", series.values[i]},
                        {"share", sums[i] > 0.0 ? series.values[i] / sums[i] : 0.0}});
    }
  }
  return values;
}

Json whiskers_spec(const StackedBars& chart) {
  Json spec = Json::parse(R"json({
    "mark": {"type": "errorbar", "ticks": {"size": 8}, "color": "currentColor", "opacity": 0.8},
    "encoding": {
      "x": {"field": "bar", "type": "nominal"},
      "y": {"field": "low", "type": "quantitative"},
      "y2": {"field": "high"},
      "tooltip": [{"field": "bar"}, {"field": "low", "format": ",.5~r"}, {"field": "high", "format": ",.5~r"}]}})json");
  Json& encoding = spec["encoding"];
  encoding["y"]["title"] = chart.axis_title;
  encoding["x"]["scale"]["domain"] = chart.bars;
  encoding["tooltip"][0]["title"] = chart.bar_title;
  encoding["tooltip"][1]["title"] = "low, " + chart.axis_title;
  encoding["tooltip"][2]["title"] = "high, " + chart.axis_title;
  spec["data"]["values"] = Json::array();
  for (std::size_t i = 0; i < chart.ranges.size(); ++i) {
    spec["data"]["values"].push_back(
        {{"bar", chart.bars[i]}, {"low", chart.ranges[i].low}, {"high", chart.ranges[i].high}});
  }
  return spec;
}

}  // namespace

std::string stacked_bars_spec(const StackedBars& chart) {
  Json spec = {{"width", "container"}, {"height", 320}};
  spec["data"]["values"] = values_of(chart);
  spec["layer"] = {bars_spec(chart)};
  if (!chart.ranges.empty()) spec["layer"].push_back(whiskers_spec(chart));
  return spec.dump();
}

}  // namespace lacuna
