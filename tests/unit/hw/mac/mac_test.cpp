// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/mac.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

Arithmetic arithmetic(std::int64_t shift, std::int64_t bits, bool saturate) {
  Arithmetic a;
  a.product_shift = shift;
  a.accumulator_bits = bits;
  a.saturate = saturate;
  return a;
}

std::unique_ptr<Mac> set_up(const std::string& name, const Arithmetic& a, std::vector<Word> codebook = {}) {
  return Registry<MacDatapath>::instance().find(name)->set_up({a, std::move(codebook)});
}

/// The definition, in 64 bits.
Word expected(const Arithmetic& a, std::int64_t activation, std::int64_t worth, std::int64_t psum) {
  return accumulate(a, psum, shift_round(activation * worth, a.product_shift));
}

TEST(BitParallel, AddsTheRoundedProduct) {
  const auto mac = set_up("bit_parallel", arithmetic(4, 16, false));
  // 7 x 9 = 63; (63 + 8) >> 4 = 4; 100 + 4.
  EXPECT_EQ(mac->step(7, 9, 100), 104);
  // -7 x 8 = -56; (-56 + 8) >> 4 = -3.
  EXPECT_EQ(mac->step(-7, 8, 100), 97);
}

TEST(BitParallel, WrapsOrSaturatesAtTheAccumulator) {
  EXPECT_EQ(set_up("bit_parallel", arithmetic(0, 16, false))->step(1, 1, 32767), -32768);
  EXPECT_EQ(set_up("bit_parallel", arithmetic(0, 16, true))->step(1, 1, 32767), 32767);
  EXPECT_EQ(set_up("bit_parallel", arithmetic(0, 16, true))->step(-1, 1, -32768), -32768);
}

TEST(BitParallel, IsExactForEverySmallOperandPair) {
  for (const bool saturate : {false, true}) {
    for (std::int64_t shift = 0; shift <= 6; ++shift) {
      for (const std::int64_t bits : {2, 5, 8}) {
        const Arithmetic a = arithmetic(shift, bits, saturate);
        const auto mac = set_up("bit_parallel", a);
        for (Word activation = -8; activation < 8; ++activation) {
          for (Word weight = -8; weight < 8; ++weight) {
            for (Word psum = -(1 << (bits - 1)); psum < (1 << (bits - 1)); ++psum) {
              ASSERT_EQ(mac->step(activation, weight, psum), expected(a, activation, weight, psum))
                  << activation << " x " << weight << " + " << psum << ", shift " << shift << ", bits " << bits;
            }
          }
        }
      }
    }
  }
}

TEST(BitParallel, IsExactAtTheExtremesOfEverySetting) {
  const std::vector<Word> operands{-32768, -32767, -1, 0, 1, 32766, 32767};
  for (const bool saturate : {false, true}) {
    for (std::int64_t shift = 0; shift <= 30; ++shift) {
      for (std::int64_t bits = 2; bits <= (saturate ? 31 : 32); ++bits) {
        const Arithmetic a = arithmetic(shift, bits, saturate);
        const auto mac = set_up("bit_parallel", a);
        const Word high = static_cast<Word>((std::int64_t{1} << (bits - 1)) - 1);
        for (const Word activation : operands) {
          for (const Word weight : operands) {
            for (const Word psum : {-high - 1, Word{0}, high}) {
              ASSERT_EQ(mac->step(activation, weight, psum), expected(a, activation, weight, psum))
                  << activation << " x " << weight << " + " << psum << ", shift " << shift << ", bits " << bits;
            }
          }
        }
      }
    }
  }
}

TEST(CodebookLookup, MultipliesByTheWorthOfTheCode) {
  const auto mac = set_up("codebook_lookup", arithmetic(2, 16, false), {0, 100, -300});
  // -300 x 5 = -1500; (-1500 + 2) >> 2 = -375 (floor of -374.5); 7 - 375.
  EXPECT_EQ(mac->step(5, 2, 7), -368);
  EXPECT_EQ(mac->step(5, 0, 7), 7);
}

TEST(CodebookLookup, SumsWhatItsCodesAreWorth) {
  const std::vector<Word> codebook{0, 100, -300};
  const std::vector<StoredWord> codes{2, 1, 0, 1, 1, 2};
  std::vector<StoredWord> activations(2 + PsumBlock::kReadAhead, 0);
  activations[0] = 5;
  activations[1] = -7;
  const std::vector<std::int32_t> offsets{0, 1, 0};
  std::vector<Word> psums(2);
  PsumBlock block;
  block.activations = activations.data();
  block.tap_offsets = offsets;
  block.weights = codes.data();
  block.filter_pitch = 3;
  block.filters = 2;
  block.outputs = 1;
  block.psums = psums.data();
  block.psum_pitch = 1;
  const auto mac = set_up("codebook_lookup", arithmetic(1, 16, false), codebook);
  // -300 x 5 / 2 = -750, 100 x -7 / 2 = -350, 0; 100 x 5 / 2 = 250, 100 x -7 / 2 = -350, -300 x 5 / 2 = -750.
  const std::vector<Word> expected{-1100, -850};
  mac->sum(block);
  EXPECT_EQ(psums, expected);
  psums = {0, 0};
  mac->sum_in_order(block, {{2, 0}, {1}});
  EXPECT_EQ(psums, expected);
}

TEST(CodebookLookup, EqualsBitParallelOnTheWorthOfItsCodes) {
  const std::vector<Word> codebook{-32768, -5, 0, 3, 32767};
  const auto coded = set_up("codebook_lookup", arithmetic(9, 16, false), codebook);
  const auto plain = set_up("bit_parallel", arithmetic(9, 16, false));
  for (std::size_t code = 0; code < codebook.size(); ++code) {
    for (Word activation = -32768; activation <= 32767; activation += 97)
      ASSERT_EQ(coded->step(activation, static_cast<Word>(code), -11), plain->step(activation, codebook[code], -11));
  }
}

TEST(Macs, KnowWhichStoredWeightsAreWorthZero) {
  const auto plain = set_up("bit_parallel", arithmetic(0, 16, false));
  EXPECT_TRUE(plain->is_zero(0));
  EXPECT_FALSE(plain->is_zero(1));
  const auto coded = set_up("codebook_lookup", arithmetic(0, 16, false), {-4, 0, 9});
  EXPECT_FALSE(coded->is_zero(0));
  EXPECT_TRUE(coded->is_zero(1));
  EXPECT_TRUE(coded->is_zero(3)) << "entries past the codebook are worth 0";
}

TEST(Macs, StateWhatTheyRaise) {
  EXPECT_EQ(Registry<MacDatapath>::instance().find("bit_parallel")->events({}), (std::vector<MacEvent>{{"mac.op"}}));
  EXPECT_EQ(Registry<MacDatapath>::instance().find("codebook_lookup")->events({}),
            (std::vector<MacEvent>{{"codebook.read"}, {"mac.op"}}));
}

void expect_refusal(const std::string& name, const MacSetup& setup, const std::string& message) {
  try {
    Registry<MacDatapath>::instance().find(name)->set_up(setup);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(Macs, RefuseASetUpThatDoesNotFit) {
  expect_refusal("bit_parallel", {arithmetic(31, 16, false), {}},
                 "MAC bit_parallel: found a product shift of 31; allowed 0 to 30");
  expect_refusal("bit_parallel", {arithmetic(-1, 16, false), {}},
                 "MAC bit_parallel: found a product shift of -1; allowed 0 to 30");
  expect_refusal("bit_parallel", {arithmetic(0, 33, false), {}},
                 "MAC bit_parallel: found accumulator bits 33; allowed 2 to 32");
  expect_refusal("bit_parallel", {arithmetic(0, 32, true), {}},
                 "MAC bit_parallel: found accumulator bits 32; allowed 2 to 31 where additions saturate");
  expect_refusal("bit_parallel", {arithmetic(0, 16, false), {1, 2}},
                 "MAC bit_parallel: found a codebook; allowed are weights stored as values");
  expect_refusal("codebook_lookup", {arithmetic(0, 16, false), {}},
                 "MAC codebook_lookup: found a codebook of 0 entries; allowed 1 to 256");
  expect_refusal("codebook_lookup", {arithmetic(0, 16, false), std::vector<Word>(257, 1)},
                 "MAC codebook_lookup: found a codebook of 257 entries; allowed 1 to 256");
  expect_refusal("codebook_lookup", {arithmetic(0, 16, false), {40000}},
                 "MAC codebook_lookup: found a codebook entry 40000; allowed -32768 to 32767");
}

}  // namespace
}  // namespace lacuna
