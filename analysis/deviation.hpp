// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/published_table.hpp"

namespace lacuna {

/// Runs the experiments of papers. Everything else here reads what it gives.
class Measurer {
 public:
  virtual ~Measurer() = default;
  /// The result.json of an experiment. `experiment` is the JSON text of the paper's file, `where` its place in it.
  virtual nlohmann::json result(const std::string& experiment, const std::string& where) = 0;
  /// The price in pJ of a component (class, action, attributes) by the table that the experiment names.
  virtual double price_pj(const std::string& experiment, const std::string& component, const std::string& where) = 0;
};

/// Ours beside a paper's, or ours alone where the paper prints none.
struct Cell {
  double ours = 0.0;
  std::optional<double> published;
  Tolerance tolerance;
  double percent() const { return 100.0 * (ours / *published - 1.0); }
};

/// The cells of a table, rows by columns.
struct TableDeviation {
  PublishedTable table;
  std::vector<std::vector<Cell>> rows;
};

/// A paper's tables beside ours.
struct PaperDeviation {
  PublishedPaper paper;
  std::vector<TableDeviation> tables;
  std::vector<std::string> labels;  ///< of the results, each once
};

/// Runs a paper's experiments and puts our figures into its cells. Throws Error (bad_input) for a layer that an
/// experiment does not have.
PaperDeviation measure(const PublishedPaper& paper, Measurer& measurer);

/// Absolute deviations of the single layers of a column that are held against ours, in percent.
struct ColumnError {
  int cells = 0;  ///< 0: none, and nothing to say
  double mean_percent = 0.0;
  double worst_percent = 0.0;
};
ColumnError column_error(const TableDeviation& table, std::size_t column);

/// The tables in Markdown. Ends with a line feed.
std::string deviation_markdown(const PaperDeviation& deviation);

/// What is outside the tolerances, one sentence each. Figures that are not verified are never held against us.
std::vector<std::string> breaches(const PaperDeviation& deviation);

/// `[PAPER...] [--into FILE | --check FILE]`: measures the papers (all of `published_folder` by default) and prints
/// their tables, or writes each between the lines "<!-- begin PAPER -->" and "<!-- end PAPER -->" of FILE, or compares
/// it with what stands there. Returns 0, or 1 when something is outside its tolerance or FILE holds another table.
int deviation_command(const std::vector<std::string>& arguments, const std::string& published_folder,
                      Measurer& measurer, std::ostream& out);

}  // namespace lacuna
