// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every case of tests/vectors/row_stationary.json has to show. Two suites run it: the short cases by default, the
// whole AlexNet layers under --slow.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/support/row_stationary_case.hpp"

namespace lacuna::test {

class RowStationaryVectors : public testing::TestWithParam<RowStationaryCase> {};

TEST_P(RowStationaryVectors, ClockedArrayGivesEveryEdgeCountAndWord) {
  SCOPED_TRACE(GetParam().note);
  run_clocked(GetParam());
}

TEST_P(RowStationaryVectors, RecurrencesGiveEveryEdgeAndStall) {
  SCOPED_TRACE(GetParam().note);
  run_recurrences(GetParam());
}

inline std::string name_of(const testing::TestParamInfo<RowStationaryCase>& info) {
  std::string name = info.param.id;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

inline void PrintTo(const RowStationaryCase& c, std::ostream* out) { *out << c.id; }

}  // namespace lacuna::test
