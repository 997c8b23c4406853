// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sim/sweep/points.hpp"
#include "sim/sweep/sweep_file.hpp"

namespace SQLite {
class Database;
}

namespace lacuna {

/// What tells databases of sweeps from other SQLite files, and their form from older and newer ones. The form is
/// described in configs/sweeps/README.md.
constexpr std::int32_t kSweepApplicationId = 0x4C61636E;  // "Lacn"
constexpr std::int32_t kSweepDatabaseVersion = 3;

/// Makes the tables that do not depend on what is swept, in an empty database.
void create_tables(SQLite::Database& database);

/// Writes what a sweep asks for, in place of what was asked for before: base, axes, points, and the views over them.
/// Results are kept. Throws Error (bad_input) for a constraint that is no expression over figures and axes.
void write_plan(SQLite::Database& database, const SweepFile& sweep, const std::vector<SweepPoint>& points);

/// Refuses what write_plan would, without a database.
void check_plan(const SweepFile& sweep);

/// What a point is stored under: a digest of its request, base and values of the axes.
class PointKeys {
 public:
  explicit PointKeys(const SweepFile& sweep);
  std::string key(const SweepPoint& point) const;

 private:
  const SweepFile& sweep_;
  std::string base_;
};

}  // namespace lacuna
