// SPDX-License-Identifier: Apache-2.0
#include "sim/config/override.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

TEST(Override, TakesJsonWhereItIsJsonAndTextWhereItIsNot) {
  EXPECT_EQ(parse_override("/chip/array/rows=3").value, "3");
  EXPECT_EQ(parse_override("/run/check_values=false").value, "false");
  EXPECT_EQ(parse_override("/run/mapping=table_iii").value, "\"table_iii\"");
  EXPECT_EQ(parse_override("/run/layers=[\"conv1\"]").value, "[\"conv1\"]");
  EXPECT_EQ(parse_override("/run/images=\"3\"").value, "\"3\"");  // quotes make a text of a number
  EXPECT_EQ(parse_override("/chip/name=a=b").value, "\"a=b\"");   // the first '=' divides
  EXPECT_EQ(parse_override("/chip/name=").value, "\"\"");
  EXPECT_EQ(parse_override("/chip/array/rows=3").pointer, "/chip/array/rows");
  EXPECT_EQ(parse_override("/chip/array/rows=3").origin, "--set /chip/array/rows=3");
}

TEST(Override, MayStandBelowOneThatCameBeforeIt) {
  const Override array = parse_override(R"(/chip/array={"kind": "a"})");
  const Override rows = parse_override("/chip/array/rows=3");
  const Override rows_too = parse_override("/chip/array/rows_too=3");
  EXPECT_EQ(error_of([&] { check_all_used({array, rows, rows_too}); }), "no error");
  EXPECT_EQ(error_of([&] {
              check_all_used({rows, array});
            }),
            "--set /chip/array={\"kind\": \"a\"}: /chip/array: replaces what '--set /chip/array/rows=3' put there; "
            "allowed one of them");
}

}  // namespace
}  // namespace lacuna
