// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/offset_bricks.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Values = std::vector<StoredWord>;

OffsetBricks bricks_of(std::int64_t channels, std::int64_t height, std::int64_t width, std::int64_t brick = 16) {
  OffsetBricks format;
  format.channels = channels;
  format.height = height;
  format.width = width;
  format.brick = brick;
  return format;
}

TEST(OffsetBricks, PacksNeuronsThatAreNotZeroAtTheFrontOfTheirBrick) {
  // Neurons 3 and 9 of one brick: 7 with offset 3, then -1 with offset 9, in slots of 20 bits.
  Values neurons(16, 0);
  neurons[3] = 7;
  neurons[9] = -1;
  const OffsetBricks format = bricks_of(16, 1, 1);
  const std::vector<std::uint64_t> words = encode_bricks(format, neurons);
  EXPECT_EQ(words, (std::vector<std::uint64_t>{0x9'ffff'3'0007, 0, 0, 0, 0}));
  const std::vector<OffsetBricks::Slot> slots = read_brick(format, words, 0);
  ASSERT_EQ(slots.size(), 2u);
  EXPECT_EQ(slots[1].value, -1);
  EXPECT_EQ(slots[1].offset, 9);
}

TEST(OffsetBricks, TakesThreeHundredAndTwentyBitsABrickWhateverIsInIt) {
  const OffsetBricks format = bricks_of(384, 13, 13);
  EXPECT_EQ(format.brick_bits(), 320);
  EXPECT_EQ(format.bits(), 1297920);  // 13 x 13 x 24 x 320: 1.25 times the 16 bits of each neuron
  for (const StoredWord value : Values{0, 1}) {
    EXPECT_EQ(encode_bricks(format, Values(64896, value)).size() * 64, 1297920u);
  }
}

TEST(OffsetBricks, FindsABrickByItsPlace) {
  // 20 channels: a brick of 16 and one of 4, at each of 2 x 3 places.
  const OffsetBricks format = bricks_of(20, 2, 3);
  Values neurons(120, 0);
  neurons[107] = 5;  // channel 17, row 1, column 2: 17 x 6 + 1 x 3 + 2
  const std::vector<std::uint64_t> words = encode_bricks(format, neurons);
  EXPECT_EQ(format.brick_at(1, 2, 1), 11);
  for (std::int64_t brick = 0; brick < 11; ++brick) EXPECT_TRUE(read_brick(format, words, brick).empty());
  const std::vector<OffsetBricks::Slot> slots = read_brick(format, words, 11);
  ASSERT_EQ(slots.size(), 1u);
  EXPECT_EQ(slots[0].value, 5);
  EXPECT_EQ(slots[0].offset, 1);
}

TEST(OffsetBricks, ReturnsNeuronsOfEveryDepthDensityAndWidth) {
  std::mt19937_64 random(9);
  for (std::int64_t channels = 0; channels <= 300; ++channels) {
    for (const std::uint64_t density : {std::uint64_t{0}, std::uint64_t{100}, random() % 101}) {
      OffsetBricks format =
          bricks_of(channels, static_cast<std::int64_t>(1 + random() % 3), static_cast<std::int64_t>(random() % 4));
      format.brick = static_cast<std::int64_t>(2 + random() % 63);
      format.value_bits = static_cast<std::int64_t>(1 + random() % 16);
      Values neurons(static_cast<std::size_t>(channels * format.height * format.width), 0);
      for (StoredWord& value : neurons) {
        if (random() % 100 >= density) continue;
        value = static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), format.value_bits));
      }
      const std::vector<std::uint64_t> words = encode_bricks(format, neurons);
      ASSERT_EQ(static_cast<std::int64_t>(words.size()), (format.bits() + 63) / 64);
      ASSERT_EQ(decode_bricks(format, words), neurons) << channels << " channels, bricks of " << format.brick;
    }
  }
}

TEST(OffsetBricks, RefusesCorruptedBricks) {
  const OffsetBricks format = bricks_of(10, 1, 1);
  const auto refused = [&format](std::uint64_t first_word) {
    const std::vector<std::uint64_t> words{first_word, 0, 0, 0, 0};
    return message_of([&] { decode_bricks(format, words); });
  };
  const std::string brick = "corrupted offset bricks: brick 0 has ";
  EXPECT_EQ(refused(0x9'ffff'3'0007), "accepted");
  EXPECT_EQ(refused(0x3'ffff'3'0007), brick + "offset 3 behind 3");
  EXPECT_EQ(refused(0xa'ffff'3'0007), brick + "channel 10 of 10");
  EXPECT_EQ(refused(0x9'ffff'0'0000), brick + "a gap before, slot 1");
  EXPECT_EQ(refused(0x9'0000'3'0007), brick + "an offset without a value, slot 1");
}

TEST(OffsetBricks, RefusesEveryBrickThatItsEncoderDoesNotGive) {
  const OffsetBricks format = bricks_of(20, 1, 1);
  const std::vector<std::uint64_t> words = encode_bricks(format, Values{0, 3, 0, 0, -5, 0, 0, 0, 0, 0,  //
                                                                        0, 0, 0, 0, 0,  9, 0, 0, 4, 0});
  for (std::size_t bit = 0; bit < words.size() * 64; ++bit) {
    std::vector<std::uint64_t> flipped = words;
    flipped[bit / 64] ^= std::uint64_t{1} << bit % 64;
    try {
      EXPECT_EQ(encode_bricks(format, decode_bricks(format, flipped)), flipped);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    }
  }
}

TEST(OffsetBricks, RefusesWordsTooFewTooManyAndBitsBehindThem) {
  const OffsetBricks format = bricks_of(4, 1, 1, 4);  // 4 x 18 bits
  const auto refused = [&format](const std::vector<std::uint64_t>& words) {
    return message_of([&] { decode_bricks(format, words); });
  };
  EXPECT_EQ(refused({0, 0}), "accepted");
  EXPECT_EQ(refused({0}), "corrupted offset bricks: found 1 words for 72 bits");
  EXPECT_EQ(refused({0, 0, 0}), "corrupted offset bricks: found 3 words for 72 bits");
  EXPECT_EQ(refused({0, 0x100}), "corrupted offset bricks: bits behind the last brick that are not zero");
  const std::vector<std::uint64_t> none;
  EXPECT_EQ(message_of([&] { read_brick(format, none, 0); }), "corrupted offset bricks: brick 0 is not in the 0 words");
}

TEST(OffsetBricks, RefusesBricksAndNeuronsThatDoNotFit) {
  EXPECT_EQ(message_of([] { encode_bricks(bricks_of(1, 1, 1, 1), Values{1}); }, ErrorKind::bad_input),
            "codec offset_bricks: found bricks of 1 neurons; allowed 2 to 64");
  OffsetBricks format = bricks_of(1, 1, 1);
  format.value_bits = 8;
  EXPECT_EQ(message_of([&] { encode_bricks(format, Values{128}); }), "value 128 does not fit the 8 bits of its stream");
}

}  // namespace
}  // namespace lacuna
