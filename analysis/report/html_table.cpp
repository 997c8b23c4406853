// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/html_table.hpp"

#include <cmath>

#include "analysis/printed.hpp"
#include "analysis/report/html.hpp"

namespace lacuna {
namespace {

constexpr std::size_t kMostColumnsOnPaper = 12;
constexpr std::size_t kLongText = 60;  // bytes that need a wide column

std::string attribute(const std::string& name, const std::string& value) {
  return value.empty() ? "" : " " + name + "=\"" + escaped(value) + "\"";
}

std::string head_cell(const TableColumn& column) {
  return std::string(R"(<th scope="col" aria-sort="none")") + attribute("class", column.numeric ? "number" : "") +
         "><button type=\"button\"" + attribute("title", column.meaning) + ">" + escaped(column.title) +
         "</button></th>";
}

/// `labelled`: on paper, where a wide table does not fit, a row is a list of names and values.
std::string body_cell(const TableCell& cell, const TableColumn& column, bool labelled) {
  const char* const kind = column.numeric                 ? "number"
                           : column.wide                  ? "wide"
                           : cell.text.size() > kLongText ? "long"
                                                          : "";
  return "<td" + attribute("data-label", labelled ? column.title : "") + attribute("class", kind) +
         attribute("data-key", cell.sort_key) + attribute("title", cell.note) + ">" + escaped(cell.text) + "</td>";
}

}  // namespace

TableCell TableCell::of(double value) {
  if (!std::isfinite(value)) return {""};
  return {value == std::floor(value) ? readable(value) : brief(value), printed("%.17g", value)};
}

std::string HtmlTable::html() const {
  const bool wide = columns.size() > kMostColumnsOnPaper;
  std::string text = R"(<div class="scroll" tabindex="0"><table class="sortable)" + std::string(wide ? " wide" : "") +
                     R"(" id=")" + escaped(id) + "\"><caption>" + escaped(caption) + "</caption>\n<thead><tr>";
  for (const TableColumn& column : columns) text += head_cell(column);
  text += "</tr></thead>\n<tbody>\n";
  for (std::size_t row = 0; row < rows.size(); ++row) {
    text += "<tr" + attribute("data-point", points.empty() ? "" : points[row]) + ">";
    for (std::size_t i = 0; i < columns.size(); ++i) text += body_cell(rows[row][i], columns[i], wide);
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

}  // namespace lacuna
