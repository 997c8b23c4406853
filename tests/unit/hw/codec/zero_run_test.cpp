// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {
namespace {

const Codec& zero_run() { return *Registry<Codec>::instance().find("zero_run"); }

/// SCNN's widths: runs of 4 bits, values of 16, three entries in a word of 64 bits.
CodecParameters scnn() {
  CodecParameters p;
  p.run_bits = 4;
  return p;
}

std::vector<StoredWord> after_zeros(std::size_t zeros, StoredWord value) {
  std::vector<StoredWord> values(zeros, 0);
  values.push_back(value);
  return values;
}

TEST(ZeroRun, PutsTheCountOfItsEntriesFirst) {
  // (1, 7) (0, -1) (2, 5) | (0, 9), the two zeros behind them are not stored: 1 + 7 << 4, 0 + 0xffff << 24, 2 << 40 +
  // 5 << 44.
  const std::vector<StoredWord> values{0, 7, -1, 0, 0, 5, 9, 0, 0};
  const std::vector<std::uint64_t> words{4, 0x0000'52ff'ff00'0071, 0x90};
  EXPECT_EQ(zero_run().encode(scnn(), values), words);
  EXPECT_EQ(zero_run().decode(scnn(), words, 9), values);
}

TEST(ZeroRun, PutsAFillerForEverySixteenZerosThatARunDoesNotHold) {
  for (const std::size_t zeros : {15u, 16u, 17u, 31u, 32u, 33u, 48u}) {
    const std::vector<std::uint64_t> words = zero_run().encode(scnn(), after_zeros(zeros, 5));
    EXPECT_EQ(words.front(), zeros / 16 + 1);
    EXPECT_EQ(words.size(), 1 + (zeros / 16 + 1 + 2) / 3);
    EXPECT_EQ(zero_run().decode(scnn(), words, static_cast<std::int64_t>(zeros) + 1), after_zeros(zeros, 5));
  }
}

TEST(ZeroRun, StoresZerosAloneAsACountOfNoEntries) {
  EXPECT_EQ(zero_run().encode(scnn(), std::vector<StoredWord>(1000, 0)), (std::vector<std::uint64_t>{0}));
}

TEST(ZeroRun, PutsTheCountInTwoWordsWhereOneIsTooNarrow) {
  CodecParameters p;
  p.value_bits = 4;
  p.run_bits = 4;
  p.word_bits = 8;
  std::vector<std::uint64_t> words(300 + 2, 0x10);
  words[0] = 300 & 0xff;
  words[1] = 1;
  EXPECT_EQ(zero_run().encode(p, std::vector<StoredWord>(300, 1)), words);
  EXPECT_EQ(zero_run().decode(p, words, 300), std::vector<StoredWord>(300, 1));
}

TEST(ZeroRun, BeginsAnotherBlockBehind65535Entries) {
  for (const std::size_t count : {65534u, 65535u, 65536u, 140000u}) {
    std::vector<StoredWord> values(count, 1);
    values.push_back(0);
    const std::vector<std::uint64_t> words = zero_run().encode(scnn(), values);
    // 65535 entries are 21845 words behind their count; the block behind them has a count even if it has no entry.
    const std::size_t rest = count % 65535;
    ASSERT_EQ(words.size(), count / 65535 * (1 + 21845) + 1 + (rest + 2) / 3);
    EXPECT_EQ(words[words.size() - 1 - (rest + 2) / 3], rest);
    EXPECT_EQ(zero_run().word_count(scnn(), values), static_cast<std::int64_t>(words.size()));
    EXPECT_EQ(zero_run().decode(scnn(), words, static_cast<std::int64_t>(values.size())), values);
    EXPECT_EQ(zero_run().Codec::decode(scnn(), words, static_cast<std::int64_t>(values.size())), values);
  }
}

void expect_corrupted(const std::vector<std::uint64_t>& words, std::int64_t count, const std::string& message) {
  try {
    zero_run().decode(scnn(), words, count);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(ZeroRun, RefusesCorruptedStreams) {
  const std::string corrupted = "corrupted zero-run stream: ";
  expect_corrupted({}, 3, "stream ends after 0 of 3 values");
  expect_corrupted({2}, 3, "stream ends after 0 of 3 values");
  expect_corrupted({4, 0x1000'0100'0010}, 9, "stream ends after 3 of 9 values");
  expect_corrupted({4}, 3, corrupted + "a block of 4 entries with 3 values to come");
  expect_corrupted({0x10001}, 3, corrupted + "bits behind the count of a block that are not zero");
  expect_corrupted({1, 0x13}, 3, corrupted + "a run of 3 zeros with 3 values to come");
  expect_corrupted({1, 0x02}, 3, corrupted + "a value of zero behind a run of 2 with 3 values to come");
  expect_corrupted({1, 0x0f}, 20, corrupted + "zeros behind the last value are stored");
  expect_corrupted({1, 0x10'0010}, 3, corrupted + "bits behind the entries of a word that are not zero");
  expect_corrupted({1, 0x10, 0}, 3, corrupted + "a word after the last one");
  expect_corrupted({0}, 0, corrupted + "a word after the last one");
}

TEST(ZeroRun, RefusesEntriesWiderThanAWord) {
  CodecParameters p = scnn();
  p.word_bits = 19;
  try {
    zero_run().encoder(p);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_STREQ(error.what(), "codec zero_run: found entries of 20 bits; allowed up to the 19 bits of a word");
  }
}

}  // namespace
}  // namespace lacuna
