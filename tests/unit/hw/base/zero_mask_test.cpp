// SPDX-License-Identifier: Apache-2.0
#include "hw/base/zero_mask.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/vector_instructions.hpp"

namespace lacuna {
namespace {

class ZeroMask : public VectorInstructions {};

TEST_P(ZeroMask, HasABitForEveryWordThatIsNotZero) {
  for (std::size_t count = 0; count <= 200; ++count) {
    std::vector<StoredWord> words(count);
    for (std::size_t i = 0; i < count; ++i) {
      words[i] = static_cast<StoredWord>(i * i % 5 == 0 ? 0 : (i % 2 == 0 ? -256 : 1));
    }
    const std::vector<std::uint64_t> mask = non_zero_mask(words);
    ASSERT_EQ(mask.size(), (count + 63) / 64);
    for (std::size_t bit = 0; bit < mask.size() * 64; ++bit) {
      ASSERT_EQ((mask[bit / 64] >> (bit % 64) & 1) != 0, bit < count && words[bit] != 0) << bit << " of " << count;
    }
  }
}

TEST_P(ZeroMask, CountsZeros) {
  for (std::size_t count = 0; count <= 200; ++count) {
    std::vector<StoredWord> words(count, 7);
    for (std::size_t i = 0; i < count; i += 3) words[i] = 0;
    ASSERT_EQ(count_zeros(words), static_cast<std::int64_t>((count + 2) / 3));
  }
}

TEST(BitsOfAMask, AreThoseFromAnyBitOn) {
  const std::vector<std::uint64_t> mask = {0x8000'0000'0000'0001U, 0x0123'4567'89AB'CDEFU, ~std::uint64_t{0}};
  for (std::size_t from = 0; from < mask.size() * 64; ++from) {
    for (std::size_t count = 1; count <= std::min<std::size_t>(64, mask.size() * 64 - from); ++count) {
      std::uint64_t expected = 0;
      for (std::size_t bit = 0; bit < count; ++bit) {
        expected |= (mask[(from + bit) / 64] >> ((from + bit) % 64) & 1) << bit;
      }
      ASSERT_EQ(bits_of(mask, from, count), expected) << count << " bits from " << from << " on";
    }
  }
}

TEST(BitsOfAMask, AreVisitedInOrderAndOnce) {
  for (const std::uint64_t bits : {std::uint64_t{0}, std::uint64_t{1}, 0x8000'0000'0001'0006U, ~std::uint64_t{0}}) {
    std::uint64_t seen = 0;
    std::size_t next = 0;
    for_each_bit(bits, [&](std::size_t bit) {
      EXPECT_GE(bit, next);
      next = bit + 1;
      seen |= std::uint64_t{1} << bit;
    });
    EXPECT_EQ(seen, bits);
  }
}

INSTANTIATE_TEST_SUITE_P(Host, ZeroMask, every_vector_instruction_set(), name_of_instruction_set);

}  // namespace
}  // namespace lacuna
