// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/layer_comparison.hpp"
#include "analysis/reduced_precision.hpp"
#include "analysis/sweep_results.hpp"

namespace lacuna {

/// A sweep as its report shows it: all results as columns, the front, and the points that are shown one by one.
struct SweepDocument {
  std::string file;
  SweepAbout about;
  SweepPoints points;  ///< figures: the objectives, then the ends of their ranges where the database has them
  std::vector<std::size_t> front;  ///< rows of `points`
  /// Rows that are shown one by one, in ascending order: the front, and a sample of the others.
  std::vector<std::size_t> shown;
  std::vector<SweepFailure> failures;            ///< the first ones
  std::vector<SweepSource> sources;              ///< what the energy of the front's points rests on
  std::map<std::int64_t, std::string> commands;  ///< of the front's points, by id
  /// All points side by side, by layer; none of a sweep of more than kMostCompared points.
  std::vector<ComparisonTable> comparison;
  std::vector<std::string> comparison_remarks;  ///< what a reader of it must know: layers not run, prices that differ
  std::optional<ReducedPrecision> precisions;   ///< of a sweep over precisions: these side by side
  /// Rows of the front that another point beats at some prices within their ranges, with what to say of them.
  std::map<std::size_t, std::string> contested;

  bool on_front(std::size_t row) const;
  /// The unit of a figure or an axis; "" for none.
  std::string unit_of(const std::string& name) const;
  /// "area_mm2, mm2" or "total_ms, ms"; the name alone where there is no unit.
  std::string axis_title(const std::string& name) const;
};

/// At most so many points are shown one by one, and so many failures.
constexpr std::size_t kMostPointsShown = 2000;
constexpr std::size_t kMostFailuresShown = 100;

/// Reads a database. `sources`: what is known of precisions that it does not have. Throws Error (bad_input) as
/// SweepResults does.
SweepDocument sweep_document(const std::string& file, const PrecisionSources& sources);

/// `count` of the numbers 0 .. `of` - 1 that are not in `without` (ascending), drawn by a hash of the number: the same
/// for every report, and none of the patterns of a grid. In ascending order; all of them where there are no more.
std::vector<std::size_t> sample_rows(std::size_t count, std::size_t of, const std::vector<std::size_t>& without);

/// The names of the ends of a figure's range: "energy_total_pj" has "energy_total_low_pj" and "energy_total_high_pj".
std::string low_of(const std::string& figure);
std::string high_of(const std::string& figure);

}  // namespace lacuna
