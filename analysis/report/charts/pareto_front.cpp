// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/parallel_coordinates.hpp"
#include "analysis/report/scatter_svg.hpp"
#include "analysis/report/sweep_document.hpp"
#include "analysis/report/sweep_rows.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostPairs = 6;
constexpr int kScatterSide = 280;

/// One objective against another.
Json scatter_spec(const SweepDocument& sweep, const std::string& x, const std::string& y, const std::string& name) {
  Json spec = Json::parse(R"json({
    "mark": {"type": "point", "filled": true},
    "encoding": {
      "x": {"type": "quantitative", "scale": {"zero": false}, "axis": {"format": "~s"}},
      "y": {"type": "quantitative", "scale": {"zero": false}, "axis": {"format": "~s"}},
      "color": {"field": "_front", "type": "nominal", "title": null},
      "stroke": {"condition": {"test": "isValid(datum._ranges)", "value": "gray"}, "value": null},
      "strokeWidth": {"condition": {"test": "isValid(datum._ranges)", "value": 2.5}, "value": 0},
      "size": {"condition": {"test": "datum._front === 'Pareto front'", "value": 70}, "value": 22},
      "opacity": {"condition": [{"test": {"and": [{"param": "brush", "empty": false}]}, "value": 1},
                                {"test": "datum._front === 'Pareto front'", "value": 0.9}],
                  "value": 0}}})json");
  spec["name"] = name;
  const bool alone = sweep.about.objectives.size() == 2;
  spec["width"] = alone ? 2 * kScatterSide : kScatterSide;
  spec["height"] = kScatterSide;
  spec["encoding"]["x"]["field"] = field_of(x);
  spec["encoding"]["x"]["title"] = sweep.axis_title(x);
  spec["encoding"]["y"]["field"] = field_of(y);
  spec["encoding"]["y"]["title"] = sweep.axis_title(y);
  spec["encoding"]["color"]["scale"] = front_colours(sweep);
  spec["encoding"]["opacity"]["value"] = faintness(sweep.shown.size(), 0.35);
  spec["encoding"]["tooltip"] = point_tooltip(sweep);
  return spec;
}

/// All pairs of objectives side by side, below them the parallel coordinates; a brush in one shows in all.
Json spec_of(const SweepDocument& sweep) {
  const std::vector<SweepObjective>& objectives = sweep.about.objectives;
  Json scatters = Json::array();
  Json views = Json::array();
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    for (std::size_t j = i + 1; j < objectives.size() && scatters.size() < kMostPairs; ++j) {
      const std::string name = "scatter_" + std::to_string(i) + "_" + std::to_string(j);
      views.push_back(name);
      scatters.push_back(scatter_spec(sweep, objectives[j].figure, objectives[i].figure, name));
    }
  }
  Json spec;
  Json points = shown_points(sweep);
  add_places(sweep, points);
  spec["datasets"]["points"] = std::move(points);
  spec["config"]["legend"]["orient"] = "top";
  spec["data"]["name"] = "points";
  spec["usermeta"]["brush"] = "brush";
  spec["params"] = {{{"name", "brush"}, {"views", views}, {"select", {{"type", "interval"}, {"resolve", "global"}}}}};
  spec["vconcat"] = {{{"concat", scatters}, {"columns", 3}}, parallel_coordinates_spec(sweep)};
  return spec;
}

std::string svg_of(const SweepDocument& sweep) {
  const std::string& x = sweep.about.objectives[1].figure;
  const std::string& y = sweep.about.objectives[0].figure;
  Scatter scatter{"Pareto front of " + sweep.about.name, sweep.axis_title(x), sweep.axis_title(y), {}};
  for (const std::size_t row : sweep.shown) {
    scatter.dots.push_back({sweep.points.figure(x).numbers[row], sweep.points.figure(y).numbers[row],
                            sweep.on_front(row), "point " + std::to_string(sweep.points.positions[row])});
  }
  return scatter_svg(scatter);
}

class ParetoFront : public SweepChart {
 public:
  int place() const override { return 10; }
  ChartContent draw(const SweepDocument& sweep) const override {
    const std::string title = "Pareto front";
    if (sweep.about.objectives.size() < 2) return {title, "Not drawn: the sweep has fewer than two objectives."};
    if (sweep.points.size() == 0) return {title, "Not drawn: no point has a result yet."};
    std::string constraints;
    for (const std::string& constraint : sweep.about.constraints) {
      constraints += (constraints.empty() ? " Constraints: " : "; ") + constraint;
    }
    const std::string ringed = sweep.contested.empty()
                                   ? " No other prices within their ranges change a place of the front."
                                   : " Ringed: another point beats it at some prices within their ranges.";
    return {
        title,
        "Drag a rectangle to pick points: their lines and the rows of the table below stand out; a click beside it "
        "ends that. A line of the parallel coordinates is a point, from the axes to the objectives, each on its own "
        "scale. " +
            shown_text(sweep) + constraints + ringed,
        spec_of(sweep).dump(), svg_of(sweep)};
  }
};

const Registration<SweepChart, ParetoFront> registered{"pareto_front"};

}  // namespace
}  // namespace lacuna
