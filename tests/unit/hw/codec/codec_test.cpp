// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/codec.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// Every registered codec faces the same tests.
class EveryCodec : public ::testing::TestWithParam<std::string> {
 protected:
  const Codec& codec() const { return *Registry<Codec>::instance().find(GetParam()); }

  void expect_round_trip(const CodecParameters& parameters, const std::vector<StoredWord>& values) const {
    const std::vector<std::uint64_t> words = codec().encode(parameters, values);
    const auto count = static_cast<std::int64_t>(values.size());
    // Codec::encode and Codec::decode drive the streaming encoder and decoder, one value at a time.
    ASSERT_EQ(codec().Codec::encode(parameters, values), words) << "all at once is not as one by one";
    ASSERT_EQ(codec().Codec::decode(parameters, words, count), values);
    ASSERT_EQ(codec().word_count(parameters, values), static_cast<std::int64_t>(words.size()));
    ASSERT_EQ(codec().values_by_word(parameters, values), codec().Codec::values_by_word(parameters, values));
    ASSERT_EQ(codec().fixed_words(parameters, count).value_or(words.size()), words.size());
    for (const std::uint64_t word : words)
      ASSERT_EQ((word >> (parameters.word_bits - 1)) >> 1, 0u) << "a word is wider than its bits";
    ASSERT_EQ(codec().decode(parameters, words, count), values)
        << parameters.value_bits << " bit values, " << parameters.run_bits << " bit runs, " << parameters.word_bits
        << " bit words, " << values.size() << " values";
  }
};

std::vector<CodecParameters> widths() {
  std::vector<CodecParameters> all;
  for (const std::int64_t value_bits : {1, 2, 4, 8, 12, 15, 16}) {
    for (const std::int64_t run_bits : {1, 4, 5, 7}) {
      for (const std::int64_t word_bits : {32, 47, 64}) {
        CodecParameters p;
        p.value_bits = value_bits;
        p.run_bits = run_bits;
        p.word_bits = word_bits;
        all.push_back(p);
        if (value_bits == 16) continue;  // a stored word has a sign
        p.signed_values = false;
        all.push_back(p);
      }
    }
  }
  return all;
}

StoredWord extreme(const CodecParameters& p) {
  return static_cast<StoredWord>(p.signed_values ? -(1 << (p.value_bits - 1)) : (1 << p.value_bits) - 1);
}

TEST_P(EveryCodec, EncodesNothingToNoWords) {
  EXPECT_TRUE(codec().encode({}, Span<const StoredWord>()).empty());
  EXPECT_TRUE(codec().decode({}, Span<const std::uint64_t>(), 0).empty());
}

TEST_P(EveryCodec, ReturnsEveryLengthOfZerosAndOfExtremes) {
  for (const CodecParameters& p : widths()) {
    for (std::size_t length = 0; length <= 300; length += (length < 70 ? 1 : 23)) {
      expect_round_trip(p, std::vector<StoredWord>(length, 0));
      expect_round_trip(p, std::vector<StoredWord>(length, extreme(p)));
    }
  }
}

TEST_P(EveryCodec, ReturnsRandomValuesOfEveryLengthAndDensity) {
  std::mt19937 random(3);
  for (const CodecParameters& p : widths()) {
    for (std::size_t length = 1; length <= 300; length += 1 + random() % 7) {
      const std::uint32_t density = random() % 256;
      std::vector<StoredWord> values(length, 0);
      for (StoredWord& value : values) {
        if (random() % 256 < density) {
          value = static_cast<StoredWord>(p.signed_values ? wrap(static_cast<std::int64_t>(random()), p.value_bits)
                                                          : static_cast<std::int64_t>(random() % (1u << p.value_bits)));
        }
      }
      expect_round_trip(p, values);
    }
  }
}

TEST_P(EveryCodec, ReturnsRunsOfEveryLength) {
  for (const CodecParameters& p : widths()) {
    for (std::size_t run = 0; run <= 300; run += (run < 70 ? 1 : 13)) {
      std::vector<StoredWord> values(run, 0);
      values.push_back(extreme(p));
      expect_round_trip(p, values);
      values.push_back(0);
      expect_round_trip(p, values);
    }
  }
}

TEST_P(EveryCodec, NoticesAWordTooManyAndAWordTooFew) {
  const std::vector<StoredWord> values{1, 0, 0, 2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<std::uint64_t> words = codec().encode({}, values);
  const std::vector<std::uint64_t> fewer(words.begin(), words.end() - 1);
  EXPECT_THROW(codec().decode({}, fewer, 11), Error);
  words.push_back(0);
  EXPECT_THROW(codec().decode({}, words, 11), Error);
}

TEST_P(EveryCodec, NeverReturnsTheSameValuesFromAFlippedBit) {
  const std::vector<StoredWord> values{1, 0, 0, 2, 3, 0, 0, 0, 7, 0, 0};
  const std::vector<std::uint64_t> words = codec().encode({}, values);
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (int bit = 0; bit < 64; ++bit) {
      std::vector<std::uint64_t> flipped = words;
      flipped[w] ^= std::uint64_t{1} << bit;
      try {
        EXPECT_NE(codec().decode({}, flipped, 11), values) << "word " << w << ", bit " << bit;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::run_failed);
      }
    }
  }
}

TEST_P(EveryCodec, RefusesEveryStreamThatItsEncoderDoesNotGive) {
  std::mt19937_64 random(4);
  int accepted = 0;
  for (const CodecParameters& p : widths()) {
    std::vector<StoredWord> values(1 + random() % 60, 0);
    const std::uint64_t density = random() % 101;
    for (StoredWord& value : values) value = random() % 100 < density ? extreme(p) : StoredWord{0};
    const std::vector<std::uint64_t> words = codec().encode(p, values);
    for (int trial = 0; trial < 30; ++trial) {
      std::vector<std::uint64_t> changed = words;
      for (std::uint64_t flips = 1 + random() % 3; flips > 0; --flips) {
        changed[random() % words.size()] ^= std::uint64_t{1} << random() % static_cast<std::uint64_t>(p.word_bits);
      }
      if (random() % 4 == 0) changed.resize(random() % (words.size() + 3), 0);
      try {
        const std::vector<StoredWord> decoded = codec().decode(p, changed, static_cast<std::int64_t>(values.size()));
        EXPECT_EQ(codec().encode(p, decoded), changed);
        ++accepted;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::run_failed);
      }
    }
  }
  EXPECT_GT(accepted, 100);  // that decode to other values
}

TEST_P(EveryCodec, RefusesAValueThatItsFieldDoesNotHold) {
  CodecParameters p;
  p.value_bits = 8;
  const auto message = [&](StoredWord value) -> std::string {
    try {
      codec().encode(p, std::vector<StoredWord>{value});
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message(127), "accepted");
  EXPECT_EQ(message(128), "value 128 does not fit the 8 bits of its stream");
  EXPECT_EQ(message(-129), "value -129 does not fit the 8 bits of its stream");
  p.signed_values = false;
  EXPECT_EQ(message(255), "accepted");
  EXPECT_EQ(message(-1), "value -1 does not fit the 8 bits of its stream");
}

TEST_P(EveryCodec, RefusesWidthsThatDoNotFit) {
  const auto message = [&](std::int64_t value_bits, std::int64_t word_bits) -> std::string {
    CodecParameters p;
    p.value_bits = value_bits;
    p.word_bits = word_bits;
    try {
      codec().decoder(p, 1);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message(0, 64), "codec " + GetParam() + ": found values of 0 bits; allowed 1 to 16");
  EXPECT_EQ(message(17, 64), "codec " + GetParam() + ": found values of 17 bits; allowed 1 to 16");
  EXPECT_EQ(message(4, 7), "codec " + GetParam() + ": found words of 7 bits; allowed 8 to 64");
  EXPECT_EQ(message(4, 65), "codec " + GetParam() + ": found words of 65 bits; allowed 8 to 64");
  EXPECT_NE(message(16, 15), "accepted");
}

INSTANTIATE_TEST_SUITE_P(All, EveryCodec, ::testing::ValuesIn(Registry<Codec>::instance().names()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace lacuna
