// SPDX-License-Identifier: Apache-2.0
#include "tests/support/row_stationary_suite.hpp"

namespace lacuna::test {

INSTANTIATE_TEST_SUITE_P(WholeLayers, RowStationaryVectors, testing::ValuesIn(row_stationary_cases(true)), name_of);

}  // namespace lacuna::test
