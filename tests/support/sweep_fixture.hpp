// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// A sweep over the rows (1 ..) and columns (1 ..) of an array and over what it gates on ("activation", "none"), whose
/// points were not simulated: more PEs take more energy and less time, gating saves energy.
struct SweepFixture {
  int rows = 10;
  int columns = 10;
  int refused = 0;              ///< points in the middle of the plan
  int missing = 0;              ///< points at the end of the plan
  std::string constraint = {};  ///< SQL; "" = none
};

/// Makes the database of the sweep, by the writer that lacuna sweep has.
void make_sweep_database(const std::string& file, const SweepFixture& fixture);

/// Figures of a point, as the database has them.
double fixture_energy_pj(int rows, int columns, bool gated);
double fixture_ms(int rows, int columns);

}  // namespace lacuna
