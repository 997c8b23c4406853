// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/relative_index.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes decoded(const RelativeIndex& index, std::size_t count) {
  Bytes codes(count, 0);
  for_each_code(index, static_cast<std::int64_t>(count), [&codes](std::int64_t position, std::uint8_t code) {
    codes[static_cast<std::size_t>(position)] = code;
  });
  return codes;
}

RelativeIndex index_of(Bytes runs, Bytes codes) { return {4, std::move(runs), std::move(codes)}; }

TEST(RelativeIndex, StoresEachCodeWithTheZerosBeforeIt) {
  const RelativeIndex index = encode_relative_index(Bytes{0, 0, 3, 7, 0, 9, 0}, 4);
  EXPECT_EQ(index.runs, (Bytes{2, 0, 1}));
  EXPECT_EQ(index.codes, (Bytes{3, 7, 9}));
  EXPECT_EQ(index.bits(8), 3 * 12);
}

TEST(RelativeIndex, PutsAFillerForEverySixteenZerosThatARunDoesNotHold) {
  for (const std::size_t zeros : {15u, 16u, 17u, 31u, 32u, 33u, 48u}) {
    Bytes codes(zeros, 0);
    codes.push_back(5);
    const RelativeIndex index = encode_relative_index(codes, 4);
    EXPECT_EQ(index.fillers(), static_cast<std::int64_t>(zeros / 16));
    EXPECT_EQ(index.entries(), static_cast<std::int64_t>(zeros / 16 + 1));
    EXPECT_EQ(index.runs.back(), zeros % 16);
    EXPECT_EQ(decoded(index, codes.size()), codes);
  }
}

TEST(RelativeIndex, TakesFewerEntriesWithWiderRuns) {
  Bytes codes(10, 0);  // gaps of 10, 288 and 2 zeros: 18 fillers of 16 zeros, 1 of 256
  codes.push_back(3);
  codes.insert(codes.end(), 288, 0);
  codes.push_back(2);
  codes.insert(codes.end(), {0, 0, 1});
  EXPECT_EQ(encode_relative_index(codes, 4).entries(), 21);
  EXPECT_EQ(encode_relative_index(codes, 4).bits(4) + 16 * 32, 680);  // with a codebook of 16 words of 32 bits
  EXPECT_EQ(encode_relative_index(codes, 8).entries(), 4);
  EXPECT_EQ(encode_relative_index(codes, 8).bits(4) + 16 * 32, 560);
}

TEST(RelativeIndex, ReturnsCodesOfEveryLengthAndDensity) {
  std::mt19937_64 random(4);
  for (std::size_t length = 0; length <= 300; ++length) {
    for (const std::uint64_t density : {0u, 3u, 30u, 100u}) {
      Bytes codes(length, 0);
      for (std::uint8_t& code : codes)
        code = static_cast<std::uint8_t>(random() % 100 < density ? 1 + random() % 255 : 0);
      for (const std::int64_t run_bits : {1, 2, 4, 8}) {
        EXPECT_EQ(decoded(encode_relative_index(codes, run_bits), length), codes);
      }
    }
  }
}

TEST(RelativeIndex, RefusesWhatNoEncoderGives) {
  EXPECT_THROW(decoded(index_of({3}, {1}), 3), Error);          // position 3 of 3
  EXPECT_THROW(decoded(index_of({14, 0}, {0, 1}), 40), Error);  // a filler of 15 zeros
  EXPECT_THROW(decoded(index_of({0, 15}, {1, 0}), 40), Error);  // a filler at the end
  EXPECT_THROW(encode_relative_index(Bytes{1}, 0), Error);
  EXPECT_THROW(encode_relative_index(Bytes{1}, 9), Error);
}

}  // namespace
}  // namespace lacuna
