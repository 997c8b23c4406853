// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/sweep_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/printed.hpp"
#include "analysis/report/html.hpp"

namespace lacuna {
namespace {

constexpr int kIndent = 2;
constexpr std::size_t kMostValuesListed = 24;

TableCell cell_of(const SweepColumn& column, std::size_t row) {
  return column.is_text() ? TableCell::of(column.text(row)) : TableCell::of(column.numbers[row]);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

/// "6, 12, 13", or the ends of many numbers.
std::string values_text(const SweepColumn& column) {
  if (column.is_text()) return joined(column.texts);
  std::set<double> values;
  for (const double number : column.numbers) {
    if (!std::isnan(number)) values.insert(number);
  }
  if (values.size() > kMostValuesListed) {
    return std::to_string(values.size()) + " values from " + printed("%.10g", *values.begin()) + " to " +
           printed("%.10g", *values.rbegin());
  }
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const double value : values) texts.push_back(printed("%.10g", value));
  return joined(texts);
}

/// JSON text, laid out; as it is where it is none.
std::string laid_out(const std::string& text) {
  const nlohmann::ordered_json json = nlohmann::ordered_json::parse(text, nullptr, false);
  return json.is_discarded() ? text : json.dump(kIndent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string details(const std::string& summary, const std::string& json) {
  return "<details><summary>" + escaped(summary) + "</summary>\n<pre>" + escaped(laid_out(json)) +
         "</pre>\n</details>\n";
}

HtmlTable html_table(const ComparisonTable& comparison) {
  HtmlTable table{"table_compared_" + comparison.id, comparison.title, {{"", "", false}}, {}};
  for (const std::string& column : comparison.columns) table.columns.push_back({column});
  for (std::size_t row = 0; row < comparison.rows.size(); ++row) {
    std::vector<TableCell> cells = {TableCell::of(comparison.rows[row])};
    for (const double value : comparison.values[row]) cells.push_back(TableCell::of(value));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

HtmlTable html_table(const Grid& grid) {
  HtmlTable table{"table_" + grid.id, grid.title, {}, {}};
  for (const GridColumn& column : grid.columns) table.columns.push_back({column.title, column.meaning, column.numeric});
  for (const std::vector<GridCell>& row : grid.rows) {
    std::vector<TableCell> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      TableCell cell = TableCell::of(row[i].number);
      cell.text = text_of(row[i], grid.columns[i]);
      cells.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

HtmlTable front_table(const SweepDocument& sweep) {
  HtmlTable table;
  table.id = "table_front";
  table.caption = "Results that no other is better than in all objectives";
  table.columns = {{"point", "Place in the plan of the sweep"},
                   {"within the ranges", "Whether other prices within their ranges change its place", false}};
  for (const std::vector<SweepColumn>* columns : {&sweep.points.axes, &sweep.points.figures}) {
    for (const SweepColumn& column : *columns) {
      table.columns.push_back({column.name, sweep.unit_of(column.name), !column.is_text()});
    }
  }
  table.columns.push_back({"command", "Repeats the run", false, true});
  for (const std::size_t row : sweep.shown) {
    if (!sweep.on_front(row)) continue;
    const auto contested = sweep.contested.find(row);
    std::vector<TableCell> cells = {TableCell::of(static_cast<double>(sweep.points.positions[row])),
                                    TableCell::of(contested == sweep.contested.end() ? "holds" : contested->second)};
    for (const SweepColumn& axis : sweep.points.axes) cells.push_back(cell_of(axis, row));
    for (const SweepColumn& figure : sweep.points.figures) cells.push_back(cell_of(figure, row));
    const auto command = sweep.commands.find(sweep.points.ids[row]);
    cells.push_back(TableCell::of(command == sweep.commands.end() ? "" : command->second));
    table.points.push_back(std::to_string(sweep.points.positions[row]));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

HtmlTable axes_table(const SweepDocument& sweep) {
  HtmlTable table{"table_axes", "Axes", {}, {}};
  table.columns = {{"axis", "", false},
                   {"changes", "Fields of the experiment", false},
                   {"unit", "", false},
                   {"meaning", "", false},
                   {"values", "Of results", false}};
  for (std::size_t i = 0; i < sweep.about.axes.size(); ++i) {
    const SweepAxis& axis = sweep.about.axes[i];
    table.rows.push_back({TableCell::of(axis.name), TableCell::of(joined(axis.paths)), TableCell::of(axis.unit),
                          TableCell::of(axis.meaning), TableCell::of(values_text(sweep.points.axes[i]))});
  }
  return table;
}

HtmlTable objectives_table(const SweepDocument& sweep) {
  HtmlTable table{"table_objectives", "Objectives", {}, {}};
  table.columns = {{"figure", "", false}, {"better", "", false}, {"unit", "", false}, {"meaning", "", false}};
  for (const SweepObjective& objective : sweep.about.objectives) {
    std::string meaning;
    for (const SweepFigure& figure : sweep.about.figures) {
      if (figure.name == objective.figure) meaning = figure.meaning;
    }
    table.rows.push_back({TableCell::of(objective.figure),
                          TableCell::of(objective.better == Better::less ? "less" : "more"),
                          TableCell::of(sweep.unit_of(objective.figure)), TableCell::of(meaning)});
  }
  return table;
}

std::string comparison_html(const SweepDocument& sweep) {
  if (sweep.comparison.empty()) {
    return "<p>Two to " + std::to_string(kMostCompared) + " points are set side by side; here there are " +
           std::to_string(sweep.points.size()) + ".</p>\n";
  }
  std::string html = "<p>Cycles and times are at each point's own clock. Words are of the widest layer.</p>\n";
  for (const std::string& remark : sweep.comparison_remarks) html += "<p>" + escaped(remark) + "</p>\n";
  for (const ComparisonTable& table : sweep.comparison) html += html_table(table).html();
  return html;
}

std::string precisions_html(const ReducedPrecision& precisions) {
  std::string html = html_table(precisions.table).html();
  for (const std::string& remark : precisions.remarks) html += "<p>" + escaped(remark) + "</p>\n";
  for (const Grid& grid : precisions.energy_by_layer) html += html_table(grid).html();
  return html;
}

std::string failures_html(const SweepDocument& sweep) {
  std::int64_t all = 0;
  for (const auto& [status, points] : sweep.about.ended) all += status == "ok" ? 0 : points;
  if (all == 0) return "<p>None.</p>\n";
  HtmlTable table{"table_failures", "", {}, {}};
  table.caption = sweep.failures.size() < static_cast<std::size_t>(all)
                      ? "The first " + std::to_string(sweep.failures.size()) + " of " +
                            readable(static_cast<double>(all)) + " points without a result"
                      : "Points without a result";
  table.columns = {{"point", "Place in the plan of the sweep"},
                   {"axes", "", false},
                   {"status", "refused: cannot be built; failed: the run found a fault; crashed", false},
                   {"error", "", false},
                   {"command", "Repeats the run", false, true}};
  for (const SweepFailure& failure : sweep.failures) {
    table.rows.push_back({TableCell::of(static_cast<double>(failure.position)), TableCell::of(failure.axes),
                          TableCell::of(failure.status), TableCell::of(failure.error), TableCell::of(failure.command)});
  }
  return table.html();
}

std::string sweep_provenance_html(const SweepDocument& sweep) {
  HtmlTable programs{"table_programs", "Programs that ran the points", {}, {}};
  programs.columns = {{"program", "", false}, {"points"}};
  for (const auto& [program, points] : sweep.about.programs) {
    programs.rows.push_back({TableCell::of("Lacuna " + program), TableCell::of(static_cast<double>(points))});
  }
  HtmlTable sources{
      "table_sources", "What the energy of the front's points rests on: sums over these points, pJ", {}, {}};
  sources.columns = {{"price table and source", "", false},
                     {"value", "At the stated prices"},
                     {"low", "At the low end of the source's range"},
                     {"high", "At the high end"}};
  for (const SweepSource& source : sweep.sources) {
    sources.rows.push_back({TableCell::of(source.text), TableCell::of(source.value_pj), TableCell::of(source.low_pj),
                            TableCell::of(source.high_pj)});
  }
  HtmlTable inputs{"table_inputs", "Files that points have read", {}, {}};
  inputs.columns = {{"file", "", false}, {"SHA-256", "", false}};
  for (const auto& [path, digest] : sweep.about.inputs) {
    inputs.rows.push_back({TableCell::of(path), TableCell::of(digest)});
  }
  return "<p>Report of " + escaped(sweep.file) +
         ". A point's command repeats it; its result.json has every input with its digest and every price.</p>\n" +
         programs.html() + inputs.html() + sources.html() +
         details("The experiment that the axes change", sweep.about.base) + details("The sweep", sweep.about.sweep);
}

}  // namespace lacuna
