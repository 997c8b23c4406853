// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/report/axis_effect.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/sweep_document.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostValues = 20;
constexpr std::size_t kMostColumns = 4;
constexpr int kWidth = 1120;  // of the page
constexpr int kBetween = 95;  // two plots: the axis of the right one

std::size_t columns_of(const SweepDocument& sweep) {
  return std::min(std::max<std::size_t>(sweep.points.axes.size(), 1), kMostColumns);
}

/// One objective over one axis.
Json effect_spec(const SweepDocument& sweep, const SweepColumn& axis, const SweepColumn& figure) {
  Json spec = Json::parse(R"json({
    "width": 0, "height": 150,
    "encoding": {"x": {"field": "start", "type": "ordinal", "axis": {"labelOverlap": true, "labelLimit": 110}}},
    "layer": [
      {"mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.45},
       "encoding": {"y": {"field": "low", "type": "quantitative", "scale": {"zero": false}, "axis": {"format": "~s"}},
                    "y2": {"field": "high"}}},
      {"mark": {"type": "point", "filled": true, "size": 45, "opacity": 1},
       "encoding": {"y": {"field": "median", "type": "quantitative"},
                    "tooltip": [{"field": "value"}, {"field": "points", "format": ",d"},
                                {"field": "low", "title": "least", "format": ",.5~g"},
                                {"field": "median", "format": ",.5~g"},
                                {"field": "high", "title": "greatest", "format": ",.5~g"}]}}]})json");
  Json values = Json::array();
  Json order = Json::array();
  for (const AxisEffect& effect : axis_effect(axis, figure, kMostValues)) {
    order.push_back(effect.start);
    values.push_back({{"value", effect.value},
                      {"start", effect.start},
                      {"points", effect.points},
                      {"low", effect.low},
                      {"median", effect.median},
                      {"high", effect.high}});
  }
  spec["data"]["values"] = std::move(values);
  spec["encoding"]["x"]["scale"]["domain"] = std::move(order);
  spec["encoding"]["x"]["title"] = sweep.axis_title(axis.name);
  spec["encoding"]["x"]["axis"]["labelAngle"] = axis.is_text() ? -40 : 0;
  spec["width"] = static_cast<double>(kWidth) / static_cast<double>(columns_of(sweep)) - kBetween;
  spec["layer"][0]["mark"]["color"] = kSky;
  spec["layer"][1]["mark"]["color"] = kVermilion;
  spec["layer"][0]["encoding"]["y"]["title"] = sweep.axis_title(figure.name);
  spec["layer"][1]["encoding"]["y"]["title"] = sweep.axis_title(figure.name);
  return spec;
}

class AxisEffects : public SweepChart {
 public:
  int place() const override { return 20; }
  ChartContent draw(const SweepDocument& sweep) const override {
    const std::string title = "What each axis does";
    if (sweep.points.size() == 0) return {title, "Not drawn: no point has a result yet."};
    Json spec = {{"columns", columns_of(sweep)}, {"concat", Json::array()}};
    for (const SweepObjective& objective : sweep.about.objectives) {
      for (const SweepColumn& axis : sweep.points.axes) {
        spec["concat"].push_back(effect_spec(sweep, axis, sweep.points.figure(objective.figure)));
      }
    }
    return {
        title,
        "Objectives over all results that have a value of an axis: least, median and greatest. An axis of more than " +
            std::to_string(kMostValues) + " values is cut into stretches.",
        spec.dump()};
  }
};

const Registration<SweepChart, AxisEffects> registered{"axis_effects"};

}  // namespace
}  // namespace lacuna
