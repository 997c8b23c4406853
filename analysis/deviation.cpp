// SPDX-License-Identifier: Apache-2.0
#include "analysis/deviation.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/printed.hpp"

namespace lacuna {
namespace {

/// The results of a paper's experiments, each run once, when it is first asked for.
class Results {
 public:
  Results(const PublishedPaper& paper, Measurer& measurer) : paper_(paper), measurer_(measurer) {}

  /// The layers of that name of an experiment.
  std::vector<JsonPlace> layers(const std::string& experiment, const std::vector<std::string>& names) {
    std::vector<JsonPlace> found;
    const std::vector<JsonPlace> all = JsonPlace(result(experiment), where(experiment)).at("layers").items();
    for (const std::string& name : names) {
      const auto layer =
          std::find_if(all.begin(), all.end(), [&](const JsonPlace& one) { return one.at("name").text() == name; });
      if (layer == all.end()) {
        JsonPlace(result(experiment), where(experiment)).fail("its result has no layer '" + name + "'");
      }
      found.push_back(*layer);
    }
    return found;
  }
  double price(const PublishedRow& row) {
    return measurer_.price_pj(paper_.experiments.at(row.experiment), row.component, where(row.experiment));
  }
  /// Of all results, each label once.
  std::vector<std::string> labels() const {
    std::vector<std::string> labels;
    for (const auto& entry : results_) {
      for (const auto& label : entry.second.at("labels")) {
        const std::string text = label.get<std::string>();
        if (std::find(labels.begin(), labels.end(), text) == labels.end()) labels.push_back(text);
      }
    }
    return labels;
  }

 private:
  std::string where(const std::string& experiment) const { return paper_.file + ": /experiments/" + experiment; }
  const nlohmann::json& result(const std::string& experiment) {
    const auto known = results_.find(experiment);
    if (known != results_.end()) return known->second;
    return results_[experiment] = measurer_.result(paper_.experiments.at(experiment), where(experiment));
  }

  const PublishedPaper& paper_;
  Measurer& measurer_;
  std::map<std::string, nlohmann::json> results_;
};

double ours_of(const PublishedColumn& column, const PublishedRow& row, Results& results) {
  if (column.figure == nullptr) return results.price(row);
  const double ours = figure_of(*column.figure, results.layers(row.experiment, row.layers));
  if (!column.figure->against_baseline) return ours;
  if (row.baseline.empty()) return std::nan("");
  return figure_of(*column.figure, results.layers(row.baseline, row.layers)) / ours;
}

Cell cell_of(const PublishedColumn& column, const PublishedRow& row, Results& results) {
  Cell cell;
  cell.ours = ours_of(column, row, results);
  const auto published = row.published.find(column.name);
  if (published != row.published.end()) cell.published = published->second;
  const auto own = row.tolerance.find(column.name);
  cell.tolerance = own == row.tolerance.end() ? column.tolerance : own->second;
  return cell;
}

double rounded(double value, int decimals) {
  double scale = 1.0;
  for (int i = 0; i < decimals; ++i) scale *= 10.0;
  return std::round(value * scale) / scale;
}

/// What a cell is off by, "" where it may.
std::string breach_of(const Cell& cell, const PublishedColumn& column, const std::string& name) {
  const std::string what = name + ": " + column.name + " is " + printed("%.4g", cell.ours) + ", published " +
                           printed("%.4g", *cell.published);
  const Tolerance& allowed = cell.tolerance;
  if (allowed.percent && std::abs(cell.percent()) > *allowed.percent) {
    return what + " (" + printed("%+.1f", cell.percent()) + " %, allowed " + printed("%g", *allowed.percent) + " %)";
  }
  if (allowed.absolute && std::abs(cell.ours - *cell.published) > *allowed.absolute + 1e-12) {
    return what + " (allowed " + printed("%g", *allowed.absolute) + " either way)";
  }
  if (allowed.rounded && rounded(cell.ours, column.decimals) != rounded(*cell.published, column.decimals)) {
    return what + " (allowed: equal when rounded to " + std::to_string(column.decimals) + " decimals)";
  }
  return "";
}

void hold_mean(const TableDeviation& table, std::size_t column, const std::string& paper,
               std::vector<std::string>& result) {
  const PublishedColumn& head = table.table.columns[column];
  const ColumnError error = column_error(table, column);
  if (!head.tolerance.mean_percent || error.cells == 0 || error.mean_percent <= *head.tolerance.mean_percent) return;
  result.push_back(paper + ": " + head.name + " is off by " + printed("%.1f", error.mean_percent) +
                   " % on average, allowed " + printed("%g", *head.tolerance.mean_percent) + " %");
}

}  // namespace

PaperDeviation measure(const PublishedPaper& paper, Measurer& measurer) {
  Results results(paper, measurer);
  PaperDeviation deviation;
  deviation.paper = paper;
  for (const PublishedTable& table : paper.tables) {
    TableDeviation cells{table, {}};
    for (const PublishedRow& row : table.rows) {
      cells.rows.emplace_back();
      for (const PublishedColumn& column : table.columns) cells.rows.back().push_back(cell_of(column, row, results));
    }
    deviation.tables.push_back(std::move(cells));
  }
  deviation.labels = results.labels();
  return deviation;
}

ColumnError column_error(const TableDeviation& table, std::size_t column) {
  ColumnError error;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const Cell& cell = table.rows[row][column];
    const PublishedRow& head = table.table.rows[row];
    if (!cell.published || !head.gates || head.layers.size() != 1) continue;
    const double percent = std::abs(cell.percent());
    error.mean_percent = (error.mean_percent * error.cells + percent) / (error.cells + 1);
    error.worst_percent = std::max(error.worst_percent, percent);
    ++error.cells;
  }
  return error;
}

std::vector<std::string> breaches(const PaperDeviation& deviation) {
  std::vector<std::string> result;
  for (const TableDeviation& table : deviation.tables) {
    if (!table.table.verified) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const PublishedRow& head = table.table.rows[row];
      for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
        const Cell& cell = table.rows[row][column];
        if (!cell.published || !head.gates) continue;
        const std::string name = deviation.paper.name + ": " + head.name;
        const std::string breach = breach_of(cell, table.table.columns[column], name);
        if (!breach.empty()) result.push_back(breach);
      }
    }
    for (std::size_t column = 0; column < table.table.columns.size(); ++column) {
      hold_mean(table, column, deviation.paper.name, result);
    }
  }
  return result;
}

}  // namespace lacuna
