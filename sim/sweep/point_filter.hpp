// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sim/sweep/sweep_file.hpp"

namespace SQLite {
class Statement;
}  // namespace SQLite

namespace lacuna {

struct SweepPoint;

/// Binds a JSON text to a parameter of a statement as databases of sweeps hold values: numbers and texts as such, flags
/// as 1 and 0, anything else as the JSON text.
void bind_json(SQLite::Statement& statement, int parameter, const std::string& json);

/// The filters of a sweep, as SQLite evaluates them.
class PointFilter {
 public:
  /// Throws Error (bad_input) for a filter that is no expression over the axes' names.
  explicit PointFilter(const SweepFile& sweep);
  ~PointFilter();
  PointFilter(const PointFilter&) = delete;
  PointFilter& operator=(const PointFilter&) = delete;

  /// Whether all filters hold: an expression that is NULL does not.
  bool passes(const SweepPoint& point) const;

 private:
  struct Database;
  const SweepFile& sweep_;
  std::unique_ptr<Database> database_;
};

}  // namespace lacuna
