// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/json_line.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

const char* const kText = R"({
  "name": "a \"{[,]}\" text",
  "array": {"rows": 3,
    "columns": 14},
  "list": [1, {"x": [
    2, 3]}, "]"],
  "a/b": true,
  "last":
    null
})";

TEST(JsonLine, IsWhereTheValueBegins) {
  EXPECT_EQ(line_of(kText, ""), 1);
  EXPECT_EQ(line_of(kText, "/name"), 2);
  EXPECT_EQ(line_of(kText, "/array"), 3);
  EXPECT_EQ(line_of(kText, "/array/rows"), 3);
  EXPECT_EQ(line_of(kText, "/array/columns"), 4);
  EXPECT_EQ(line_of(kText, "/list/0"), 5);
  EXPECT_EQ(line_of(kText, "/list/1/x"), 5);
  EXPECT_EQ(line_of(kText, "/list/1/x/1"), 6);
  EXPECT_EQ(line_of(kText, "/list/2"), 6);
  EXPECT_EQ(line_of(kText, "/a~1b"), 7);
  EXPECT_EQ(line_of(kText, "/last"), 9);
}

TEST(JsonLine, IsZeroWhereThereIsNoSuchValue) {
  EXPECT_EQ(line_of(kText, "/array/row"), 0);
  EXPECT_EQ(line_of(kText, "/array/rows/0"), 0);
  EXPECT_EQ(line_of(kText, "/list/3"), 0);
  EXPECT_EQ(line_of(kText, "/name/0"), 0);
  EXPECT_EQ(line_of("", "/name"), 0);
  EXPECT_EQ(line_of("[]", "/0"), 0);
}

}  // namespace
}  // namespace lacuna
