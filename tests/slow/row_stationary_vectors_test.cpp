// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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

std::string name_of(const testing::TestParamInfo<RowStationaryCase>& info) {
  std::string name = info.param.id;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

void PrintTo(const RowStationaryCase& c, std::ostream* out) { *out << c.id; }

INSTANTIATE_TEST_SUITE_P(WholeLayers, RowStationaryVectors, testing::ValuesIn(row_stationary_cases(true)), name_of);

}  // namespace lacuna::test
