// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/reduced_precision.hpp"
#include "hw/base/field.hpp"

namespace lacuna {

/// What a report is made with, besides the file that it is about.
struct ReportKit {
  std::string folder;                   ///< with page/ and vega/: analysis/report
  std::vector<FieldInfo> layer_fields;  ///< of a layer in result.json, in the order of tables
  std::vector<FieldInfo> total_fields;  ///< of totals
  PrecisionSources precisions = {};     ///< what is known of precisions besides a sweep over them
};

/// A drawing of its own.
struct ReportDrawing {
  std::string name;  ///< of the file: "energy_by_layer.svg"
  std::string svg;
};

/// A report: one HTML file, and its headline charts as drawings.
struct Report {
  std::string html;
  std::vector<ReportDrawing> drawings;
};

/// The report of a result.json (with the pes.csv beside it) or of the database of a sweep. Throws Error (bad_input),
/// with file and place, for a file that is neither, of another version or damaged, and where the kit is incomplete.
Report make_report(const std::string& file, const ReportKit& kit);

}  // namespace lacuna
