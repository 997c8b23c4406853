// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "analysis/price_front.hpp"
#include "analysis/sweep_results.hpp"

namespace lacuna {

/// Which front of a sweep is asked for.
struct ParetoQuery {
  std::string database;
  /// Figures, each "FIGURE", "FIGURE:min" or "FIGURE:max"; none: those of the sweep.
  std::vector<std::string> objectives;
  std::string where;  ///< SQL expression over axes and figures that results must meet besides the sweep's constraints
  bool as_published = false;  ///< energies at different prices are taken as they are
};

/// An objective and how the prices move it.
struct PricedObjective {
  SweepObjective objective;
  std::string prices;  ///< for people
};

/// A result that is on the front at some prices, or may be.
struct ParetoRow {
  std::int64_t position = 0;
  std::vector<std::string> axes;  ///< as in CSV
  std::vector<double> objectives;
  PricedStanding standing;
  std::int64_t beaten_by = -1;  ///< position; -1 = none
};

struct ParetoTable {
  std::vector<std::string> axes;
  std::vector<PricedObjective> objectives;
  std::vector<ParetoRow> rows;  ///< the front at the stated prices, best in the first objective first; then the others
  std::int64_t results = 0;     ///< that meet constraints and condition
  std::int64_t left_out = 0;    ///< of them, those without a value of some objective
  std::vector<std::string> prices;  ///< that results are at, where some objective depends on them
};

/// The front. Energy in all (energy_total_pj, energy_total_per_image_mj) is known by source of prices; the prices of
/// the area, and those of chip energy, are taken to move together; other figures are taken as stated. Throws Error
/// (bad_input); so it does, unless `as_published`, where an objective has prices in it and results are at different
/// ones.
ParetoTable pareto_table(const ParetoQuery& query);

void print_pareto(const ParetoTable& table, std::ostream& out);
/// Tidy: one header; position, axes, objectives, standing, beaten_by.
std::string pareto_csv(const ParetoTable& table);

}  // namespace lacuna
