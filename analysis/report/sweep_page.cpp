// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/sweep_page.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/html.hpp"
#include "analysis/report/stacked_bars.hpp"
#include "analysis/report/sweep_rows.hpp"
#include "analysis/report/sweep_tables.hpp"

namespace lacuna {
namespace {

std::string count(std::int64_t points) { return readable(static_cast<double>(points)); }

std::int64_t ended(const SweepDocument& sweep, const std::string& status) {
  const auto found = sweep.about.ended.find(status);
  return found == sweep.about.ended.end() ? 0 : found->second;
}

std::vector<std::string> notices_of(const SweepDocument& sweep) {
  const SweepAbout& about = sweep.about;
  std::vector<std::string> notices = {"Mapping: " + about.mapping + "."};
  if (!about.finding.empty()) notices.push_back("Finding: " + about.finding);
  if (about.missing > 0) {
    notices.push_back("Not finished: " + count(about.missing) + " of " + count(about.planned) +
                      " points have not run; lacuna sweep goes on where it stopped.");
  }
  const std::int64_t failed = ended(sweep, "refused") + ended(sweep, "failed") + ended(sweep, "crashed");
  if (failed > 0) notices.push_back(count(failed) + " points have no result: see Failures.");
  const std::int64_t results = ended(sweep, "ok");
  for (const auto& [label, points] : about.labels) {
    notices.push_back(points == results ? label : label + " (" + count(points) + " of " + count(results) + " results)");
  }
  return notices;
}

std::string with_unit(double value, const std::string& unit) {
  if (unit != "pJ") return brief(value) + " " + unit;
  const EnergyUnit scaled = energy_unit(std::abs(value));
  return brief(value / scaled.picojoules) + " " + scaled.name;
}

/// The best result of an objective, and where it is.
KeyFigure best_of(const SweepDocument& sweep, const SweepObjective& objective) {
  const SweepColumn& column = sweep.points.figure(objective.figure);
  const double sign = objective.better == Better::less ? 1.0 : -1.0;
  std::size_t best = sweep.points.size();
  for (std::size_t row = 0; row < sweep.points.size(); ++row) {
    if (!sweep.points.eligible[row] || std::isnan(column.numbers[row])) continue;
    if (best == sweep.points.size() || sign * column.numbers[row] < sign * column.numbers[best]) best = row;
  }
  const std::string name = std::string(objective.better == Better::less ? "Least " : "Greatest ") + objective.figure;
  if (best == sweep.points.size()) return {name, "none"};
  std::string where;
  for (const SweepColumn& axis : sweep.points.axes) {
    where += (where.empty() ? "" : ", ") + axis.name + " " + axis.text(best);
  }
  return {name, with_unit(column.numbers[best], sweep.unit_of(objective.figure)), "at " + where};
}

std::vector<KeyFigure> key_figures_of(const SweepDocument& sweep) {
  std::vector<KeyFigure> figures = {
      {"Points", count(sweep.about.planned), count(ended(sweep, "ok")) + " with a result"},
      {"Failures", count(ended(sweep, "refused") + ended(sweep, "failed") + ended(sweep, "crashed")),
       count(ended(sweep, "refused")) + " refused, " + count(ended(sweep, "failed")) + " failed, " +
           count(ended(sweep, "crashed")) + " crashed"},
      {"Not run", count(sweep.about.missing)},
      {"Pareto front", count(static_cast<std::int64_t>(sweep.front.size())),
       "of " + count(std::count(sweep.points.eligible.begin(), sweep.points.eligible.end(), true)) +
           " that meet the constraints"}};
  for (const SweepObjective& objective : sweep.about.objectives) figures.push_back(best_of(sweep, objective));
  return figures;
}

}  // namespace

Page sweep_page(const SweepDocument& sweep) {
  Page page;
  page.title = sweep.about.name.empty() ? "A sweep" : sweep.about.name;
  page.subtitle = sweep.about.description + (sweep.about.description.empty() ? "" : ". ") + shown_text(sweep);
  page.notices = notices_of(sweep);
  page.key_figures = key_figures_of(sweep);
  page.charts = draw_all(sweep);
  page.sections = {{"front", "The front", front_table(sweep).html()},
                   {"compared", "Side by side", comparison_html(sweep)},
                   {"axes", "Axes and objectives", axes_table(sweep).html() + objectives_table(sweep).html()},
                   {"failures", "Failures", failures_html(sweep)},
                   {"provenance", "Provenance", sweep_provenance_html(sweep)}};
  if (sweep.precisions) {
    page.sections.insert(page.sections.begin(), {"precisions", "Precisions", precisions_html(*sweep.precisions)});
  }
  return page;
}

}  // namespace lacuna
