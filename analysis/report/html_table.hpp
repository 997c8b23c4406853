// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// A column of a table: what stands above it, and what a reader learns by pointing at that.
struct TableColumn {
  std::string title;
  std::string meaning = {};
  bool numeric = true;  ///< sorted as numbers and flush right
  bool wide = false;    ///< holds command lines and the like
};

/// A cell: a number, or a text.
struct TableCell {
  std::string text;
  std::string sort_key = {};  ///< of a number: all its digits; "" sorts by the text
  std::string note = {};      ///< what a reader learns by pointing at it

  static TableCell of(double value);  ///< readable, empty where it is not finite
  static TableCell of(const std::string& text) { return {text}; }
};

/// A table that readers sort by its columns.
struct HtmlTable {
  std::string id;  ///< of the element
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;
  std::vector<std::string> points = {};  ///< the point of a sweep that a row is about; one for each row, or none

  /// A <table> in a box that scrolls sideways.
  std::string html() const;
};

}  // namespace lacuna
