// SPDX-License-Identifier: Apache-2.0
#include "hw/base/csv.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

TEST(Csv, ACellIsQuotedOnlyWhereItHoldsACommaAQuoteOrTheEndOfALine) {
  for (const std::string plain : {"", "conv1", "4.5", "two words", " padded ", "it's", "a;b\tc", "\xC2\xB5m"}) {
    EXPECT_EQ(csv_cell(plain), plain);
  }
  EXPECT_EQ(csv_cell("conv1,conv2"), "\"conv1,conv2\"");
  EXPECT_EQ(csv_cell(R"(["conv1"])"), R"("[""conv1""]")");
  EXPECT_EQ(csv_cell("\""), "\"\"\"\"");
  EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_cell("a\r\nb"), "\"a\r\nb\"");
}

TEST(Csv, QuotesInQuotesAreDoubledAndOthersAreNot) {
  EXPECT_EQ(in_quotes('\'', "it's \"so\""), "'it''s \"so\"'");
  EXPECT_EQ(in_quotes('"', "it's \"so\""), "\"it's \"\"so\"\"\"");
  EXPECT_EQ(in_quotes('"', ""), "\"\"");
}

}  // namespace
}  // namespace lacuna
