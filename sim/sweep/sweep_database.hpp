// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/sweep/points.hpp"

namespace lacuna {

/// The database of a sweep while the sweep runs: opened or made, with the sweep's plan in it, and kept from other
/// sweeps until it is destroyed, by a lock that ends with the processes that hold it.
class SweepDatabase {
 public:
  /// Throws Error (bad_input) for a file that is no database of sweeps, that is of another version, that holds another
  /// sweep, or that another process writes to, and Error (run_failed) where it cannot be written.
  SweepDatabase(const std::string& file, const SweepFile& sweep, const std::vector<SweepPoint>& points);
  ~SweepDatabase();
  SweepDatabase(const SweepDatabase&) = delete;
  SweepDatabase& operator=(const SweepDatabase&) = delete;

  /// Points of the plan that went well.
  std::int64_t results() const;
  /// Throws Error (run_failed) where the file is no longer where it was.
  void check_in_place() const;
  /// "rows=6: MESSAGE" of the first point of the plan that did not; "" where there is none.
  std::string first_failure() const;
  /// What the results are priced by, each price table once.
  std::vector<std::string> prices() const;

 private:
  std::string file_;
  int lock_ = -1;
};

}  // namespace lacuna
