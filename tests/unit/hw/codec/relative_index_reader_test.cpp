// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/relative_index_reader.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(RelativeIndexReader, ReadsAnEntryACycleAndARowOfWholeEntries) {
  // 16 zeros, a 5, 3 zeros, then five codes: a filler and six codes, 12 bits each, five in a row of 64.
  Bytes codes(16, 0);
  codes.insert(codes.end(), {5, 0, 0, 0, 1, 2, 3, 4, 6, 0});
  const RelativeIndex index = encode_relative_index(codes, 4);
  RelativeIndexReader reader(index, 26, 8);
  EXPECT_EQ(reader.entries_per_row(), 5);
  const RelativeIndexCycle filler = reader.step();
  EXPECT_EQ(filler.fetched_row, 0);
  EXPECT_EQ(filler.position, std::nullopt);
  const RelativeIndexCycle first = reader.step();
  EXPECT_EQ(first.fetched_row, std::nullopt);
  EXPECT_EQ(first.position, 16);
  EXPECT_EQ(first.code, 5);
  EXPECT_EQ(reader.step().position, 20);
  reader.step();
  reader.step();
  const RelativeIndexCycle sixth = reader.step();
  EXPECT_EQ(sixth.fetched_row, 1);
  EXPECT_EQ(sixth.position, 23);
  EXPECT_FALSE(reader.at_end());
  EXPECT_EQ(reader.step().code, 6);
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(reader.reads().rows, 2);
  EXPECT_EQ(reader.reads().entries, 7);
  EXPECT_EQ(reader.reads().fillers, 1);
}

TEST(RelativeIndexReader, ReadsWhatTheDecoderDoes) {
  std::mt19937_64 random(10);
  for (std::size_t length = 0; length <= 300; ++length) {
    const std::uint64_t density = random() % 101;
    Bytes codes(length, 0);
    for (std::uint8_t& code : codes) code = static_cast<std::uint8_t>(random() % 100 < density ? 1 + random() % 15 : 0);
    const auto run_bits = static_cast<std::int64_t>(1 + random() % 8);
    const RelativeIndex index = encode_relative_index(codes, run_bits);
    RelativeIndexReader reader(index, static_cast<std::int64_t>(length), 4);
    Bytes read(length, 0);
    while (!reader.at_end()) {
      const RelativeIndexCycle cycle = reader.step();
      if (cycle.position) read[static_cast<std::size_t>(*cycle.position)] = cycle.code;
    }
    ASSERT_EQ(read, codes);
    const std::int64_t per_row = 64 / (4 + run_bits);
    ASSERT_EQ(reader.reads().rows, (index.entries() + per_row - 1) / per_row);
    ASSERT_EQ(reader.reads().fillers, index.fillers());
  }
}

TEST(RelativeIndexReader, RefusesWhatNoEncoderGives) {
  const RelativeIndex behind{4, {3}, {1}};
  const RelativeIndex filler{4, {0, 15}, {1, 0}};
  RelativeIndexReader first(behind, 3, 8);
  EXPECT_THROW(first.step(), Error);
  RelativeIndexReader second(filler, 40, 8);
  second.step();
  EXPECT_THROW(second.step(), Error);
}

TEST(RelativeIndexReader, RefusesWidthsThatDoNotFit) {
  const RelativeIndex index = encode_relative_index(Bytes{1}, 4);
  const auto message = [&index](std::int64_t code_bits, std::int64_t row_bits) -> std::string {
    try {
      RelativeIndexReader(index, 1, code_bits, row_bits);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message(8, 12), "accepted");
  EXPECT_EQ(message(9, 64), "relative index: found codes of 9 bits; allowed 1 to 8");
  EXPECT_EQ(message(8, 11), "relative index: found rows of 11 bits; allowed from 12 on, an entry");
}

}  // namespace
}  // namespace lacuna
