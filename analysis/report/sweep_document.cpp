// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/sweep_document.hpp"

#include <algorithm>
#include <cstdint>

#include "analysis/pareto_command.hpp"

namespace lacuna {
namespace {

/// A number whose bits all depend on all of those given (the finaliser of SplitMix64).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::string with_end(const std::string& figure, const std::string& end) {
  const std::size_t unit = figure.rfind('_');
  return unit == std::string::npos ? figure + end : figure.substr(0, unit) + end + figure.substr(unit);
}

bool has_figure(const SweepAbout& about, const std::string& name) {
  return std::any_of(about.figures.begin(), about.figures.end(), [&](const SweepFigure& f) { return f.name == name; });
}

/// The figures that a report needs of every point.
std::vector<std::string> figures_for(const SweepAbout& about) {
  std::vector<std::string> figures;
  for (const SweepObjective& objective : about.objectives) figures.push_back(objective.figure);
  for (const SweepObjective& objective : about.objectives) {
    for (const std::string& end : {low_of(objective.figure), high_of(objective.figure)}) {
      if (has_figure(about, end) && std::find(figures.begin(), figures.end(), end) == figures.end()) {
        figures.push_back(end);
      }
    }
  }
  return figures;
}

std::vector<std::int64_t> ids_of(const SweepPoints& points, const std::vector<std::size_t>& rows) {
  std::vector<std::int64_t> ids;
  ids.reserve(rows.size());
  for (const std::size_t row : rows) ids.push_back(points.ids[row]);
  return ids;
}

/// The front; where even that is too large, a sample of it.
std::vector<std::size_t> shown_rows(const std::vector<std::size_t>& front, std::size_t points) {
  std::vector<std::size_t> shown = front;
  if (front.size() > kMostPointsShown) {
    shown.clear();
    for (const std::size_t place : sample_rows(kMostPointsShown, front.size(), {})) shown.push_back(front[place]);
  }
  const std::vector<std::size_t> others = sample_rows(kMostPointsShown - shown.size(), points, front);
  shown.insert(shown.end(), others.begin(), others.end());
  std::sort(shown.begin(), shown.end());
  return shown;
}

/// Which points of the front the ranges of the prices contest, as `lacuna pareto` finds them.
std::map<std::size_t, std::string> contested_rows(const SweepDocument& sweep) {
  std::map<std::size_t, std::string> contested;
  if (sweep.front.empty()) return contested;
  std::map<std::int64_t, std::size_t> rows;
  for (const std::size_t row : sweep.front) rows[sweep.points.positions[row]] = row;
  for (const ParetoRow& row : pareto_table({sweep.file, {}, ""}).rows) {
    if (row.standing.standing != Standing::contested) continue;
    contested[rows.at(row.position)] = "point " + std::to_string(row.beaten_by) + " beats it at some prices";
  }
  return contested;
}

void compare_points(const SweepResults& results, SweepDocument& document) {
  if (document.points.size() < 2 || document.points.size() > kMostCompared) return;
  const std::vector<ComparedRun> runs = compared_points(results);
  document.comparison = comparison_tables(runs);
  document.comparison_remarks = remarks_on(runs);
}

}  // namespace

bool SweepDocument::on_front(std::size_t row) const { return std::binary_search(front.begin(), front.end(), row); }

std::string SweepDocument::unit_of(const std::string& name) const {
  for (const SweepAxis& axis : about.axes) {
    if (axis.name == name) return axis.unit;
  }
  for (const SweepFigure& figure : about.figures) {
    if (figure.name == name) return figure.unit;
  }
  return "";
}

std::string SweepDocument::axis_title(const std::string& name) const {
  const std::string unit = unit_of(name);
  return unit.empty() ? name : name + ", " + unit;
}

std::string low_of(const std::string& figure) { return with_end(figure, "_low"); }
std::string high_of(const std::string& figure) { return with_end(figure, "_high"); }

std::vector<std::size_t> sample_rows(std::size_t count, std::size_t of, const std::vector<std::size_t>& without) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < of; ++row) {
    if (!std::binary_search(without.begin(), without.end(), row)) rows.push_back(row);
  }
  if (rows.size() > count) {
    std::nth_element(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
                     [](std::size_t a, std::size_t b) { return mixed(a) < mixed(b); });
    rows.resize(count);
    std::sort(rows.begin(), rows.end());
  }
  return rows;
}

SweepDocument sweep_document(const std::string& file, const PrecisionSources& sources) {
  const SweepResults results(file);
  SweepDocument document;
  document.file = file;
  document.about = results.about();
  document.points = results.points(figures_for(document.about));
  document.front = pareto_rows(document.points, document.about.objectives);
  document.contested = contested_rows(document);
  document.shown = shown_rows(document.front, document.points.size());
  const std::vector<std::int64_t> front = ids_of(document.points, document.front);
  document.commands = results.commands(front);
  document.sources = results.sources(front);
  document.failures = results.failures(kMostFailuresShown);
  compare_points(results, document);
  document.precisions = reduced_precision(results, sources);
  return document;
}

}  // namespace lacuna
