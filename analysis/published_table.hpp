// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/layer_figure.hpp"
#include "analysis/published_losses.hpp"

namespace lacuna {

/// How far our figures may be from the published ones. Absent: reported only.
struct Tolerance {
  std::optional<double> percent;       ///< each cell
  std::optional<double> absolute;      ///< each cell, in the column's unit
  std::optional<double> mean_percent;  ///< of the absolute deviations of the single layers
  bool rounded = false;                ///< equal when rounded to the column's decimals
};

/// A column: one figure, ours and published.
struct PublishedColumn {
  std::string name;
  const LayerFigure* figure = nullptr;  ///< null: the price of a component, in pJ
  int decimals = 2;
  Tolerance tolerance;
};

/// A row: one layer of an experiment, several together, or a component of a price table.
struct PublishedRow {
  std::string name;
  std::string experiment;
  std::string baseline;                        ///< experiment that `against_baseline` figures compare with; "" for none
  std::vector<std::string> layers;             ///< their names in the network
  std::string component;                       ///< JSON text: class, action and attributes; "" for layers
  std::map<std::string, double> published;     ///< column -> figure; a column that the paper does not print is absent
  std::map<std::string, Tolerance> tolerance;  ///< column -> in place of the column's own
  bool gates = true;                           ///< false: seen beside, held against nothing
};

/// One table of a paper, or figures worked out exactly from it.
struct PublishedTable {
  std::string title;
  std::string source;
  bool verified = false;  ///< seen in a public transcription or exact arithmetic on one: only such cells gate
  std::string confirmed_by;
  std::vector<PublishedColumn> columns;
  std::vector<PublishedRow> rows;
};

/// analysis/published/NAME.json.
struct PublishedPaper {
  std::string name;
  std::string file;
  std::string citation;
  std::vector<std::string> notes;
  std::map<std::string, std::string> experiments;  ///< name -> what to run, JSON text
  std::vector<PublishedTable> tables;
  std::optional<PublishedLosses> losses;  ///< of accuracy, by precision
};

/// Reads a paper. Refuses, with file and place, unknown keys and figures, cells of no column, rows of an experiment
/// that the paper does not have.
PublishedPaper load_published(const std::string& file);

}  // namespace lacuna
