// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {
namespace {

const Codec& run_length() { return *Registry<Codec>::instance().find("run_length"); }

std::vector<StoredWord> zeros(std::size_t count) { return std::vector<StoredWord>(count, 0); }

std::vector<StoredWord> join(const std::vector<std::vector<StoredWord>>& parts) {
  std::vector<StoredWord> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

void expect_words(const std::vector<StoredWord>& values, const std::vector<std::uint64_t>& words) {
  EXPECT_EQ(run_length().encode({}, values), words);
  EXPECT_EQ(run_length().decode({}, words, static_cast<std::int64_t>(values.size())), values);
}

// Words of 64 bits, LSB first: run0[4:0] level0[20:5] run1[25:21] level1[41:26] run2[46:42] level2[62:47] last[63].

TEST(RunLength, PacksThreePairsAndTheLastFlagInAWord) {
  // (2,12) (4,53) (2,22): the example of the JSSC paper. 2 + (12 << 5) + (4 << 21) + (53 << 26) + (2 << 42) + (22 <<
  // 47).
  expect_words({0, 0, 12, 0, 0, 0, 0, 53, 0, 0, 22}, {0x800b0800d4800182});
}

TEST(RunLength, SplitsARunThatTheFieldDoesNotHold) {
  // 40 zeros, 5: (31,0) stands for 32 zeros, then (8,5): 31 + (8 << 21) + (5 << 26).
  expect_words(join({zeros(40), {5}}), {0x800000001500001f});
}

TEST(RunLength, EndsTrailingZerosInALevelOfZero) {
  // (0,9) (2,0): 9 << 5 + 2 << 21.
  expect_words({9, 0, 0, 0}, {0x8000000000400120});
}

TEST(RunLength, TakesMoreThanDenseWhereNothingIsZero) {
  // (0,1) (0,2) (0,3) | (0,4): two words for four values of 16 bits.
  expect_words({1, 2, 3, 4}, {0x0001800008000020, 0x8000000000000080});
}

TEST(RunLength, PutsThirtyTwoZerosInAPair) {
  // 64 zeros: (31,0) (31,0).
  expect_words(zeros(64), {0x8000000003e0001f});
}

TEST(RunLength, HandlesRunsAroundTheLongestAndNegativeLevels) {
  // 31 zeros 1, 32 zeros 2, 33 zeros -3, 33 zeros: (31,1) (31,0) (0,2) | (31,0) (1,-3) (31,0) | (0,0).
  expect_words(join({zeros(31), {1}, zeros(32), {2}, zeros(33), {-3}, zeros(33)}),
               {0x0001000003e0003f, 0x00007ffff420001f, 0x8000000000000000});
}

TEST(RunLength, HoldsAWordBackUntilItIsKnownNotToBeTheLast) {
  const auto encoder = run_length().encoder({});
  for (const Word value : {1, 2, 3}) encoder->push(value);
  EXPECT_FALSE(encoder->has_word());  // may be the last one
  encoder->push(0);
  ASSERT_TRUE(encoder->has_word());  // a fourth value needs a fourth pair
  EXPECT_EQ(encoder->take_word() >> 63, 0u);
  encoder->finish();
  EXPECT_EQ(encoder->take_word() >> 63, 1u);
  EXPECT_FALSE(encoder->has_word());
}

void expect_corrupted(const std::vector<std::uint64_t>& words, std::int64_t count, const std::string& message) {
  try {
    run_length().decode({}, words, count);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(RunLength, RefusesCorruptedStreams) {
  const std::uint64_t last = std::uint64_t{1} << 63;
  expect_corrupted({}, 3, "stream ends after 0 of 3 values");
  expect_corrupted({0x0001800008000020}, 4, "stream ends after 3 of 4 values");
  expect_corrupted({0x0001800008000020}, 3, "corrupted run-length stream: the word with the last value is not flagged");
  expect_corrupted({0x8001800008000020}, 2,
                   "corrupted run-length stream: bits behind the pairs of a word that are not zero");
  expect_corrupted({last | 0x24}, 3, "corrupted run-length stream: a run of 4 zeros with 3 values to come");
  expect_corrupted({0x8001800008000020}, 9,
                   "corrupted run-length stream: flagged as the last word with 6 values to come");
  expect_corrupted({last | 0x2000002}, 6,
                   "corrupted run-length stream: a level of zero behind a run of 2 with 3 values to come");
  expect_corrupted({last | 0x20, last}, 1, "corrupted run-length stream: a word after the last one");
  expect_corrupted({last}, 0, "corrupted run-length stream: a word after the last one");
}

}  // namespace
}  // namespace lacuna
