// SPDX-License-Identifier: Apache-2.0
#include "analysis/export_sweep.hpp"

#include <functional>

#include "analysis/sweep_sql.hpp"

namespace lacuna {
namespace {

/// What tells the rows of one point apart, behind its place in the plan.
std::string order_of(const std::string& view) {
  if (view == "layer_results") return ", layer_position";
  return view == "component_energy" ? ", component" : "";
}

/// The columns that are written.
std::vector<int> columns_of(const SQLite::Statement& rows) {
  std::vector<int> columns;
  for (int i = 0; i < rows.getColumnCount(); ++i) {
    if (std::string(rows.getColumnName(i)) != "point") columns.push_back(i);
  }
  return columns;
}

/// What a form makes of the rows of a view.
std::string exported(const std::string& database, const std::string& view,
                     const std::function<std::string(SQLite::Statement&, const std::vector<int>&)>& form) {
  const auto open = open_sweep(database);
  return reading_sweep(database, [&] {
    SQLite::Statement rows(*open, "SELECT * FROM " + sql_name(view) + " ORDER BY position" + order_of(view));
    return form(rows, columns_of(rows));
  });
}

std::string csv_of(SQLite::Statement& rows, const std::vector<int>& columns) {
  std::string text;
  const auto add_line = [&](const auto& cell) {
    for (std::size_t i = 0; i < columns.size(); ++i) text += (i == 0 ? "" : ",") + cell(columns[i]);
    text += "\n";
  };
  add_line([&](int column) { return csv_cell(std::string(rows.getColumnName(column))); });
  while (rows.executeStep()) {
    add_line([&](int column) { return csv_cell(rows.getColumn(column)); });
  }
  return text;
}

std::string json_of(SQLite::Statement& rows, const std::vector<int>& columns) {
  std::string text;
  while (rows.executeStep()) {
    text += text.empty() ? "\n{" : ",\n{";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      text += (i == 0 ? "" : ", ") + json_text(rows.getColumnName(columns[i])) + ": " +
              json_cell(rows.getColumn(columns[i]));
    }
    text += "}";
  }
  return "[" + text + "\n]\n";
}

}  // namespace

const std::vector<std::string>& exported_views() {
  static const std::vector<std::string> views = {"results",  "layer_results", "component_energy",
                                                 "failures", "pareto",        "missing"};
  return views;
}

std::string sweep_csv(const std::string& database, const std::string& view) { return exported(database, view, csv_of); }

std::string sweep_json(const std::string& database, const std::string& view) {
  return exported(database, view, json_of);
}

}  // namespace lacuna
