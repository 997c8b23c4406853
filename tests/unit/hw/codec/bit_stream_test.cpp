// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/bit_stream.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lacuna {
namespace {

TEST(BitStream, PutsTheFirstFieldInTheLowestBits) {
  BitWriter writer;
  writer.put(0b101, 3);
  writer.put(0, 0);
  writer.put(0xff, 57);     // bits 3 to 59
  writer.put(0b110011, 6);  // the lower four fill the first word
  EXPECT_EQ(writer.words(), (std::vector<std::uint64_t>{0b101 | 0xffull << 3 | 0b0011ull << 60, 0b11}));
  EXPECT_EQ(writer.bits(), 66);
}

TEST(BitStream, ReturnsFieldsOfAllWidths) {
  std::mt19937_64 random(3);
  std::vector<std::pair<std::uint64_t, std::int64_t>> fields;
  BitWriter writer;
  for (int i = 0; i < 5000; ++i) {
    const auto bits = static_cast<std::int64_t>(random() % 58);
    fields.emplace_back(random() & ((std::uint64_t{1} << bits) - 1), bits);
    writer.put(fields.back().first, bits);
  }
  BitReader reader(writer.words());
  for (const auto& [field, bits] : fields) {
    ASSERT_EQ(reader.peek() & ((std::uint64_t{1} << bits) - 1), field);
    reader.take(bits);
  }
  EXPECT_TRUE(reader.at_end());
}

TEST(BitStream, KnowsItsEnd) {
  const std::vector<std::uint64_t> words = {1, 0};
  BitReader reader(words);
  reader.take(64);
  EXPECT_FALSE(reader.at_end());  // a whole word is left
  reader.take(1);
  EXPECT_TRUE(reader.at_end());
  reader.take(63);
  EXPECT_TRUE(reader.at_end());
  EXPECT_FALSE(reader.past_end());
  reader.take(1);
  EXPECT_TRUE(reader.past_end());
  EXPECT_FALSE(reader.at_end());
  EXPECT_EQ(reader.peek(), 0u);
  const std::vector<std::uint64_t> one = {3};
  BitReader rest(one);
  rest.take(1);
  EXPECT_FALSE(rest.at_end());  // a bit that no field holds
}

}  // namespace
}  // namespace lacuna
