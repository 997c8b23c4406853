// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {
namespace {

const Codec& bitmask() { return *Registry<Codec>::instance().find("bitmask"); }

TEST(Bitmask, PutsTheMaskFirstAndTheValuesInAWordOfTheirOwn) {
  // Values 1, 4 and 9 of ten: 2 + 16 + 512 = 0x212.
  EXPECT_EQ(bitmask().encode({}, std::vector<StoredWord>{0, 3, 0, 0, 8, 0, 0, 0, 0, -1}),
            (std::vector<std::uint64_t>{0x212, 0xffff'0008'0003}));
}

TEST(Bitmask, PutsValuesAcrossTheBordersOfWords) {
  CodecParameters p;
  p.value_bits = 12;  // five and a third in a word: the sixth has 4 bits in the first word, 8 in the second
  EXPECT_EQ(bitmask().encode(p, std::vector<StoredWord>{1, 2, 3, 4, 5, 0x7ab}),
            (std::vector<std::uint64_t>{0x3f, 0xb005004003002001, 0x7a}));
}

TEST(Bitmask, TakesOneWordOfMaskForSixtyFourZeros) {
  EXPECT_EQ(bitmask().encode({}, std::vector<StoredWord>(64, 0)), (std::vector<std::uint64_t>{0}));
  EXPECT_EQ(bitmask().encode({}, std::vector<StoredWord>(65, 0)), (std::vector<std::uint64_t>{0, 0}));
}

TEST(Bitmask, GivesItsWordsWhenTheMaskIsWhole) {
  const auto encoder = bitmask().encoder({});
  for (int i = 0; i < 200; ++i) encoder->push(1);
  EXPECT_FALSE(encoder->has_word());
  encoder->finish();
  EXPECT_TRUE(encoder->has_word());
}

TEST(Bitmask, DecodesZerosBeforeTheFirstStoredValueFromTheMaskAlone) {
  const auto decoder = bitmask().decoder({}, 5);
  decoder->push(0b01100);
  EXPECT_EQ(decoder->take_value(), 0);
  EXPECT_EQ(decoder->take_value(), 0);
  EXPECT_FALSE(decoder->has_value());
  decoder->push(0x0007'0006);
  for (const Word value : {6, 7, 0}) {
    ASSERT_TRUE(decoder->has_value());
    EXPECT_EQ(decoder->take_value(), value);
  }
  EXPECT_TRUE(decoder->complete());
}

void expect_corrupted(const std::vector<std::uint64_t>& words, std::int64_t count, const std::string& message) {
  try {
    bitmask().decode({}, words, count);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(Bitmask, RefusesCorruptedStreams) {
  expect_corrupted({}, 3, "stream ends after 0 of 3 values");
  expect_corrupted({0b100}, 3, "stream ends after 2 of 3 values");
  expect_corrupted({0b1000}, 3, "corrupted bitmask stream: mask bits behind the last value");
  expect_corrupted({0b101, 5}, 3, "corrupted bitmask stream: a stored value that is zero");
  expect_corrupted({0b100, 0x10005}, 3, "corrupted bitmask stream: bits behind the last value that are not zero");
  expect_corrupted({0b100, 5, 0}, 3, "corrupted bitmask stream: a word after the last value");
  expect_corrupted({0, 0}, 3, "corrupted bitmask stream: a word after the last value");
  expect_corrupted({0}, 0, "corrupted bitmask stream: a word after the last value");
}

}  // namespace
}  // namespace lacuna
