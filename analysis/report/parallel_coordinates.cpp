// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/parallel_coordinates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/report/palette.hpp"
#include "analysis/report/svg.hpp"
#include "analysis/report/sweep_rows.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr int kWidth = 980;
constexpr int kHeight = 320;
constexpr std::size_t kMostTicks = 12;
constexpr double kInkOfOthers = 20.0;     // opacity x points
constexpr double kLeastDistance = 0.055;  // of two values, or one would be written over the other

/// One upright line of the chart.
struct Dimension {
  const SweepColumn* column;
  std::string title;
  double low = 0.0;
  double high = 1.0;

  double stretched(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

std::vector<Dimension> dimensions_of(const SweepDocument& sweep) {
  std::vector<Dimension> dimensions;
  for (const SweepColumn& axis : sweep.points.axes) dimensions.push_back({&axis, sweep.axis_title(axis.name)});
  for (const SweepObjective& objective : sweep.about.objectives) {
    dimensions.push_back({&sweep.points.figure(objective.figure), sweep.axis_title(objective.figure)});
  }
  for (Dimension& dimension : dimensions) {
    bool any = false;
    for (const double value : dimension.column->numbers) {
      if (std::isnan(value)) continue;
      dimension.low = any ? std::min(dimension.low, value) : value;
      dimension.high = any ? std::max(dimension.high, value) : value;
      any = true;
    }
  }
  return dimensions;
}

/// The values that are written beside a dimension: both ends, and of those between (all of few, round ones of many) as
/// many as there is room for.
std::vector<double> ticks_of(const Dimension& dimension) {
  std::set<double> values;
  for (const double value : dimension.column->numbers) {
    if (!std::isnan(value)) values.insert(value);
  }
  if (values.size() > kMostTicks && !dimension.column->is_text()) {
    const std::vector<double> round = Ticks::over(dimension.low, dimension.high, 6).values();
    values = {round.begin(), round.end()};
  }
  std::vector<double> ticks = {dimension.low};
  const double last = 1.0 - kLeastDistance;
  for (const double value : values) {
    const double place = dimension.stretched(value);
    if (place >= dimension.stretched(ticks.back()) + kLeastDistance && place <= last) ticks.push_back(value);
  }
  if (dimension.high > dimension.low) ticks.push_back(dimension.high);
  return ticks;
}

Json tick_rows(const std::vector<Dimension>& dimensions) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    for (const double tick : ticks_of(dimensions[i])) {
      const std::string text = dimensions[i].column->is_text()
                                   ? dimensions[i].column->texts[static_cast<std::size_t>(tick)]
                                   : tick_text(tick);
      rows.push_back({{"_axis", i}, {"at", dimensions[i].stretched(tick)}, {"text", text}});
    }
  }
  return rows;
}

/// Upright lines, the points' lines, and the values beside the upright lines.
Json layers_spec(const SweepDocument& sweep, const std::vector<Dimension>& dimensions) {
  Json layers = Json::parse(R"json([
    {"mark": {"type": "rule", "color": "currentColor", "opacity": 0.6},
     "encoding": {"y": {"datum": 0}, "y2": {"datum": 1}}},
    {"data": {"name": "points"},
     "transform": [{"flatten": ["_axes", "_places"], "as": ["_axis", "_at"]}],
     "mark": {"type": "line", "strokeWidth": 1.3},
     "encoding": {
       "y": {"field": "_at"},
       "detail": {"field": "_point"},
       "color": {"field": "_front", "type": "nominal", "title": null},
       "opacity": {
         "condition": [
           {"test": {"and": [{"param": "brush", "empty": false}]}, "value": 0.9},
           {"test": {"and": [{"param": "brush"}, "datum._front === 'Pareto front'"]}, "value": 0}],
         "value": 0}}},
    {"mark": {"type": "text", "align": "left", "dx": 5, "color": "currentColor"},
     "encoding": {"y": {"field": "at"}, "text": {"field": "text"}}}])json");
  layers[0]["data"]["values"] = Json::array();
  for (std::size_t i = 0; i < dimensions.size(); ++i) layers[0]["data"]["values"].push_back({{"_axis", i}});
  layers[1]["encoding"]["color"]["scale"] = front_colours(sweep);
  layers[1]["encoding"]["opacity"]["condition"][1]["value"] = 0.3 + faintness(sweep.front.size(), 0.0);
  layers[1]["encoding"]["opacity"]["value"] = faintness(sweep.shown.size(), 0.1);
  layers[1]["encoding"]["tooltip"] = point_tooltip(sweep);
  layers[2]["data"]["values"] = tick_rows(dimensions);
  return layers;
}

}  // namespace

double faintness(std::size_t points, double least) {
  return std::min(0.6, least + kInkOfOthers / static_cast<double>(std::max<std::size_t>(points, 1)));
}

Json front_colours(const SweepDocument& sweep) {
  Json colours = {{"domain", {"Pareto front", "other"}}, {"range", {kVermilion, kSky}}};
  const std::vector<bool>& eligible = sweep.points.eligible;
  if (std::find(eligible.begin(), eligible.end(), false) != eligible.end()) {
    colours["domain"].push_back("breaks a constraint");
    colours["range"].push_back(kGrey);
  }
  return colours;
}

void add_places(const SweepDocument& sweep, Json& points) {
  const std::vector<Dimension> dimensions = dimensions_of(sweep);
  Json axes = Json::array();
  for (std::size_t i = 0; i < dimensions.size(); ++i) axes.push_back(i);
  std::map<std::int64_t, std::size_t> rows;
  for (const std::size_t row : sweep.shown) rows[sweep.points.positions[row]] = row;
  for (Json& point : points) {
    const std::size_t row = rows.at(point.at("_point").get<std::int64_t>());
    point["_axes"] = axes;
    point["_places"] = Json::array();
    for (const Dimension& dimension : dimensions) {
      const double value = dimension.column->numbers[row];
      point["_places"].push_back(std::isnan(value) ? Json(nullptr) : Json(dimension.stretched(value)));
    }
  }
}

Json parallel_coordinates_spec(const SweepDocument& sweep) {
  const std::vector<Dimension> dimensions = dimensions_of(sweep);
  Json titles = Json::array();
  for (const Dimension& dimension : dimensions) titles.push_back(dimension.title);
  Json spec = Json::parse(R"json({
    "encoding": {
      "x": {"field": "_axis", "type": "ordinal", "title": null, "scale": {"type": "point", "padding": 0.25},
            "axis": {"orient": "top", "labelAngle": 0, "labelLimit": 150, "labelPadding": 8, "domain": false,
                     "ticks": false, "grid": false}},
      "y": {"type": "quantitative", "axis": null, "scale": {"domain": [0, 1]}}}})json");
  spec["width"] = kWidth;
  spec["height"] = kHeight;
  spec["encoding"]["x"]["axis"]["labelExpr"] = titles.dump() + "[datum.value]";
  spec["layer"] = layers_spec(sweep, dimensions);
  return spec;
}

}  // namespace lacuna
