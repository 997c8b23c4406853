// SPDX-License-Identifier: Apache-2.0
#include "analysis/grid.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/printed.hpp"
#include "hw/base/text_table.hpp"

namespace lacuna {
namespace {

std::vector<std::string> titles_of(const Grid& grid) {
  std::vector<std::string> titles;
  for (const GridColumn& column : grid.columns) titles.push_back(column.title);
  return titles;
}

std::vector<std::string> texts_of(const std::vector<GridCell>& row, const std::vector<GridColumn>& columns) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < columns.size(); ++i) texts.push_back(text_of(row[i], columns[i]));
  return texts;
}

std::string markdown_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + cell + " |";
  return line + "\n";
}

}  // namespace

std::string text_of(const GridCell& cell, const GridColumn& column) {
  if (!cell.text.empty()) return cell.text;
  if (!std::isfinite(cell.number)) return "";
  return column.decimals < 0 ? printed("%.7g", cell.number) : fixed(cell.number, column.decimals);
}

std::string text_of(const Grid& grid) {
  const auto first_number =
      std::find_if(grid.columns.begin(), grid.columns.end(), [](const GridColumn& column) { return column.numeric; });
  TextTable table(titles_of(grid), static_cast<std::size_t>(first_number - grid.columns.begin()));
  for (const std::vector<GridCell>& row : grid.rows) table.add(texts_of(row, grid.columns));
  return table.text(0);
}

std::string markdown_of(const Grid& grid) {
  std::string rule = "|";
  for (const GridColumn& column : grid.columns) rule += column.numeric ? "---:|" : "---|";
  std::string text = markdown_line(titles_of(grid)) + rule + "\n";
  for (const std::vector<GridCell>& row : grid.rows) text += markdown_line(texts_of(row, grid.columns));
  return text;
}

}  // namespace lacuna
