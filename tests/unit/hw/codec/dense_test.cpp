// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {
namespace {

const Codec& dense() { return *Registry<Codec>::instance().find("dense"); }

TEST(Dense, PutsTheFirstValueInTheLowestBits) {
  EXPECT_EQ(dense().encode({}, std::vector<StoredWord>{1, -1, 0x1234, 7, 9}),
            (std::vector<std::uint64_t>{0x00071234ffff0001, 0x9}));
}

TEST(Dense, LeavesBitsThatHoldNoWholeValueZero) {
  CodecParameters p;
  p.value_bits = 12;  // five values of 12 bits in 64, 4 bits left over
  EXPECT_EQ(dense().encode(p, std::vector<StoredWord>{-1, -1, -1, -1, -1, -1}),
            (std::vector<std::uint64_t>{0x0fffffffffffffff, 0xfff}));
}

TEST(Dense, GivesAWordAsSoonAsItIsFull) {
  const auto encoder = dense().encoder({});
  for (const Word value : {1, 2, 3}) encoder->push(value);
  EXPECT_FALSE(encoder->has_word());
  encoder->push(4);
  EXPECT_TRUE(encoder->has_word());
}

void expect_corrupted(const std::vector<std::uint64_t>& words, std::int64_t count, const std::string& message) {
  try {
    dense().decode({}, words, count);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(Dense, RefusesCorruptedStreams) {
  expect_corrupted({0x10000}, 1, "corrupted dense stream: bits behind the values of a word that are not zero");
  expect_corrupted({1, 0}, 4, "corrupted dense stream: a word after the last value");
  expect_corrupted({1}, 5, "stream ends after 4 of 5 values");
}

}  // namespace
}  // namespace lacuna
