// SPDX-License-Identifier: Apache-2.0
#include "analysis/export_sweep.hpp"

#include <algorithm>
#include <optional>

#include "analysis/new_file.hpp"
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

void write_csv(SQLite::Statement& rows, std::ostream& out) {
  const std::vector<int> columns = columns_of(rows);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out << (i == 0 ? "" : ",") << csv_cell(std::string(rows.getColumnName(columns[i])));
  }
  out << "\n";
  while (rows.executeStep()) {
    for (std::size_t i = 0; i < columns.size(); ++i) out << (i == 0 ? "" : ",") << csv_cell(rows.getColumn(columns[i]));
    out << "\n";
  }
}

void write_json(SQLite::Statement& rows, std::ostream& out) {
  const std::vector<int> columns = columns_of(rows);
  bool first = true;
  out << "[";
  while (rows.executeStep()) {
    out << (first ? "\n{" : ",\n{");
    first = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out << (i == 0 ? "" : ", ") << json_text(rows.getColumnName(columns[i])) << ": "
          << json_cell(rows.getColumn(columns[i]));
    }
    out << "}";
  }
  out << "\n]\n";
}

}  // namespace

const std::vector<std::string>& exported_views() {
  static const std::vector<std::string> views = {"results",  "layer_results", "component_energy",
                                                 "failures", "pareto",        "missing"};
  return views;
}

void export_sweep(const std::string& database, const std::string& view, const std::string& csv,
                  const std::string& json) {
  const auto open = open_sweep(database);
  std::optional<NewFile> csv_file;
  std::optional<NewFile> json_file;
  if (!csv.empty()) csv_file.emplace(csv);
  if (!json.empty()) json_file.emplace(json);
  reading_sweep(database, [&] {
    SQLite::Statement rows(*open, "SELECT * FROM " + sql_name(view) + " ORDER BY position" + order_of(view));
    if (csv_file) write_csv(rows, csv_file->stream());
    rows.reset();
    if (json_file) write_json(rows, json_file->stream());
  });
  if (csv_file) csv_file->commit();
  if (json_file) json_file->commit();
}

}  // namespace lacuna
