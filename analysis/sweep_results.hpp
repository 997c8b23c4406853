// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analysis/pareto.hpp"

namespace lacuna {

/// An axis of a sweep: what it changes.
struct SweepAxis {
  std::string name;
  std::vector<std::string> paths;  ///< JSON Pointers into the experiment
  std::string unit;
  std::string meaning;
};

/// A figure that a sweep is about.
struct SweepObjective {
  std::string figure;
  Better better = Better::less;
};

/// A figure of points, as the database explains it.
struct SweepFigure {
  std::string name;
  std::string meaning;
  std::string unit;
};

/// What a database says of its sweep.
struct SweepAbout {
  std::string name;
  std::string description;
  std::string finding;  ///< "" = none
  std::string mapping;  ///< how points get theirs
  std::string base;     ///< the experiment that the axes change, JSON text
  std::string sweep;    ///< the file, JSON text
  std::vector<SweepAxis> axes;
  std::vector<SweepObjective> objectives;
  std::vector<std::string> constraints;
  std::vector<SweepFigure> figures;              ///< of points
  std::int64_t planned = 0;                      ///< points that the sweep asks for
  std::int64_t missing = 0;                      ///< of them, not run yet
  std::map<std::string, std::int64_t> ended;     ///< status -> planned points that ended so
  std::map<std::string, std::int64_t> labels;    ///< label -> planned points whose results carry it
  std::map<std::string, std::int64_t> programs;  ///< "0.1.0, revision abc, GNU 12.2.0" -> planned points by it
  std::vector<std::pair<std::string, std::string>> inputs;  ///< files that points have read, and their SHA-256
};

/// A column of results: numbers, or texts.
struct SweepColumn {
  std::string name;
  std::vector<double> numbers;     ///< NaN for none; of texts, the place of the text among `texts`
  std::vector<std::string> texts;  ///< the different texts, in order; none for a column of numbers
  bool is_text() const { return !texts.empty(); }
  /// "12", "none", "" for nothing.
  std::string text(std::size_t row) const;
};

/// Points that went well, in the order of the plan, as columns.
struct SweepPoints {
  std::vector<std::int64_t> positions;  ///< in the plan
  std::vector<std::int64_t> ids;        ///< of table points
  std::vector<SweepColumn> axes;
  std::vector<SweepColumn> figures;
  std::vector<bool> eligible;  ///< meets all constraints
  std::size_t size() const { return ids.size(); }
  const SweepColumn& figure(const std::string& name) const;  ///< one of those asked for
};

/// A planned point that did not go well.
struct SweepFailure {
  std::int64_t position = 0;
  std::string axes;  ///< "rows=12, columns=14"
  std::string status;
  std::string error;
  std::string command;
};

/// What all results of some points owe to one source of prices.
struct SweepSource {
  std::string text;  ///< "TABLE: SOURCE"
  double low_pj = 0.0;
  double value_pj = 0.0;
  double high_pj = 0.0;
};

/// Where the energies of a point are from.
struct SweepPrices {
  std::string text;    ///< "generic_45nm, 45 nm, dram lpddr4"
  std::string digest;  ///< of all figures of the table
};

/// A layer of a point.
struct SweepLayer {
  std::string name;
  std::string kind;
  std::map<std::string, double> figures;  ///< those asked for
};

/// The results of a sweep: its database, opened for reading alone. Every member throws Error (bad_input), with the
/// file, for a database that is damaged.
class SweepResults {
 public:
  /// Throws Error (bad_input) for what is no database of a sweep, or one of another version.
  explicit SweepResults(const std::string& file);
  ~SweepResults();
  SweepResults(const SweepResults&) = delete;
  SweepResults& operator=(const SweepResults&) = delete;

  const std::string& file() const { return file_; }
  const SweepAbout& about() const { return about_; }
  /// All results with their axes, and those figures.
  SweepPoints points(const std::vector<std::string>& figures) const;
  /// Command lines that repeat points, by id.
  std::map<std::int64_t, std::string> commands(const std::vector<std::int64_t>& ids) const;
  /// The layers of a point, in the network's order, with columns of theirs that hold numbers.
  std::vector<SweepLayer> layers(std::int64_t id, const std::vector<std::string>& figures) const;
  /// What every reader of a point must know.
  std::vector<std::string> labels(std::int64_t id) const;
  /// Where a point's energies are from.
  SweepPrices prices(std::int64_t id) const;
  /// The first failures in the order of the plan.
  std::vector<SweepFailure> failures(std::size_t most) const;
  /// Sums over points, those with the most energy first.
  std::vector<SweepSource> sources(const std::vector<std::int64_t>& ids) const;

 private:
  struct Database;
  std::string file_;
  std::unique_ptr<Database> database_;
  SweepAbout about_;
};

/// The rows of the Pareto front: among those that meet all constraints and have all objectives, which `points` holds as
/// figures. In ascending order.
std::vector<std::size_t> pareto_rows(const SweepPoints& points, const std::vector<SweepObjective>& objectives);

}  // namespace lacuna
