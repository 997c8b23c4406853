// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/deviation.hpp"
#include "analysis/printed.hpp"

namespace lacuna {
namespace {

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "";
  const std::string format = "%." + std::to_string(decimals) + "f";
  return printed(format.c_str(), value);
}

/// Whether a column has anything published in this table.
bool is_published(const TableDeviation& table, std::size_t column) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [column](const std::vector<Cell>& row) { return row[column].published.has_value(); });
}

bool shows_percent(const PublishedColumn& column) { return column.tolerance.percent || column.tolerance.mean_percent; }

std::string head_of(const TableDeviation& table) {
  std::string names = "| |";
  std::string rule = "|---|";
  for (std::size_t i = 0; i < table.table.columns.size(); ++i) {
    const PublishedColumn& column = table.table.columns[i];
    names += " " + column.name + " |";
    rule += "---:|";
    if (!is_published(table, i)) continue;
    names += shows_percent(column) ? " published | deviation |" : " published |";
    rule += shows_percent(column) ? "---:|---:|" : "---:|";
  }
  return names + "\n" + rule + "\n";
}

std::string row_of(const TableDeviation& table, std::size_t row) {
  std::string line = "| " + table.table.rows[row].name + " |";
  for (std::size_t i = 0; i < table.table.columns.size(); ++i) {
    const PublishedColumn& column = table.table.columns[i];
    const Cell& cell = table.rows[row][i];
    line += " " + fixed(cell.ours, column.decimals) + " |";
    if (!is_published(table, i)) continue;
    line += cell.published ? " " + printed("%.7g", *cell.published) + " |" : "  |";
    if (shows_percent(column)) line += cell.published ? " " + printed("%+.1f", cell.percent()) + " % |" : "  |";
  }
  return line + "\n";
}

/// Mean and worst deviation of the columns whose mean is held.
std::string summary(const TableDeviation& table) {
  std::string text;
  for (std::size_t i = 0; i < table.table.columns.size(); ++i) {
    const PublishedColumn& column = table.table.columns[i];
    const ColumnError error = column_error(table, i);
    if (!column.tolerance.mean_percent || error.cells == 0) continue;
    text += (text.empty() ? "Off by, mean and worst of the single layers: " : "; ") + column.name + " " +
            printed("%.1f", error.mean_percent) + " %, " + printed("%.1f", error.worst_percent) + " %";
  }
  return text.empty() ? "" : "\n" + text + ".\n";
}

template <class Table>
std::string title_of(const Table& table) {
  return "\n" + table.title + " (" + table.source + (table.verified ? "" : "; not confirmed: held against nothing") +
         ")\n\n";
}

}  // namespace

std::string deviation_markdown(const PaperDeviation& deviation) {
  std::string text = "Published: " + deviation.paper.citation + ".";
  for (const std::string& note : deviation.paper.notes) text += " " + note;
  text += "\n";
  for (const TableDeviation& table : deviation.tables) {
    text += title_of(table.table) + head_of(table);
    for (std::size_t row = 0; row < table.rows.size(); ++row) text += row_of(table, row);
    text += summary(table);
  }
  if (deviation.paper.losses) text += title_of(*deviation.paper.losses) + losses_markdown(*deviation.paper.losses);
  std::string labels;
  for (const std::string& label : deviation.labels) labels += (labels.empty() ? "\nOur runs: " : "; ") + label;
  return text + (labels.empty() ? "" : labels + ".\n");
}

}  // namespace lacuna
