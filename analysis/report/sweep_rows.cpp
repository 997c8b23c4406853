// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/sweep_rows.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/html.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Json value_of(const SweepColumn& column, std::size_t row) {
  if (std::isnan(column.numbers[row])) return nullptr;
  return column.is_text() ? Json(column.text(row)) : Json(column.numbers[row]);
}

const char* standing_of(const SweepDocument& sweep, std::size_t row) {
  if (sweep.on_front(row)) return "Pareto front";
  return sweep.points.eligible[row] ? "other" : "breaks a constraint";
}

}  // namespace

Json shown_points(const SweepDocument& sweep) {
  std::vector<std::size_t> rows = sweep.shown;
  std::stable_partition(rows.begin(), rows.end(), [&](std::size_t row) { return !sweep.on_front(row); });
  Json points = Json::array();
  for (const std::size_t row : rows) {
    Json point = {{"_point", sweep.points.positions[row]}, {"_front", standing_of(sweep, row)}};
    const auto contested = sweep.contested.find(row);
    if (contested != sweep.contested.end()) point["_ranges"] = contested->second;
    for (const std::vector<SweepColumn>* columns : {&sweep.points.axes, &sweep.points.figures}) {
      for (const SweepColumn& column : *columns) point[column.name] = value_of(column, row);
    }
    points.push_back(std::move(point));
  }
  return points;
}

std::string field_of(const std::string& name) {
  std::string field;
  for (const char c : name) field += (c == '.' || c == '[' || c == ']' || c == '\\' ? "\\" : "") + std::string(1, c);
  return field;
}

Json point_tooltip(const SweepDocument& sweep) {
  Json tooltip = {{{"field", "_point"}, {"title", "point"}},
                  {{"field", "_front"}, {"title", "is"}},
                  {{"field", "_ranges"}, {"title", "within the ranges"}}};
  for (const SweepColumn& axis : sweep.points.axes) {
    tooltip.push_back({{"field", field_of(axis.name)}, {"title", sweep.axis_title(axis.name)}});
  }
  for (const SweepColumn& figure : sweep.points.figures) {
    tooltip.push_back(
        {{"field", field_of(figure.name)}, {"title", sweep.axis_title(figure.name)}, {"format", ",.5~g"}});
  }
  return tooltip;
}

std::string shown_text(const SweepDocument& sweep) {
  const std::size_t points = sweep.points.size();
  const std::size_t front = sweep.front.size();
  const auto number = [](std::size_t value) { return readable(static_cast<double>(value)); };
  if (sweep.shown.size() == points) return "All " + number(points) + " results are shown.";
  const auto shown_front = static_cast<std::size_t>(
      std::count_if(sweep.shown.begin(), sweep.shown.end(), [&](std::size_t row) { return sweep.on_front(row); }));
  const std::string of_front = shown_front == front
                                   ? "all " + number(front) + " of the Pareto front"
                                   : number(shown_front) + " of the " + number(front) + " of the Pareto front";
  return number(sweep.shown.size()) + " of " + number(points) + " results are shown: " + of_front +
         " and a sample of the others.";
}

}  // namespace lacuna
