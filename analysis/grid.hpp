// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace lacuna {

/// A column of a grid.
struct GridColumn {
  std::string title;         ///< with its unit
  std::string meaning = {};  ///< in a sentence; "" where the title says it
  bool numeric = true;       ///< flush right
  int decimals = -1;         ///< of its numbers; negative: as few as there are
};

/// A cell: a text, a number, or nothing.
struct GridCell {
  std::string text = {};
  double number = std::numeric_limits<double>::quiet_NaN();  ///< shown where there is no text

  static GridCell of(const std::string& text) { return {text}; }
  static GridCell of(double number) { return {"", number}; }
};

/// A table of texts and numbers, before it is laid out for a terminal, in Markdown or in HTML.
struct Grid {
  std::string id;     ///< of the element in HTML: "precisions"
  std::string title;  ///< above it
  std::vector<GridColumn> columns;
  std::vector<std::vector<GridCell>> rows;  ///< each with as many cells as there are columns
};

/// What stands in a cell of a column.
std::string text_of(const GridCell& cell, const GridColumn& column);

/// Laid out for a terminal: the columns of texts flush left.
std::string text_of(const Grid& grid);

/// As a table in Markdown, without its title.
std::string markdown_of(const Grid& grid);

}  // namespace lacuna
