// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/mapping.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

/// A layer and a chip with plenty of everything; each test takes away one thing.
struct MappingTest : testing::Test {
  MappingTest() {
    context.array = &array;
    context.shape = {2, 64, 16, 1, 12, 10, 3, 3, 1, 0};  // N M C G H W R S U P: E = 10, F = 8
    context.banks = 1000;
    context.filter_banks = 1000;
    mapping.m = 48;
    mapping.n = 2;
    mapping.e = 7;
    mapping.p = 12;
    mapping.q = 4;
    mapping.r = 2;
    mapping.t = 2;
  }
  std::string broken() const { return broken_capacity(context, mapping); }

  RowStationaryConfig array;
  MappingContext context;
  RowStationaryMapping mapping;
};

TEST_F(MappingTest, AnIfmapWindowMayFillTheIfmapSpad) {
  array.ifmap_spad_words = 12;  // q S = 4 x 3
  EXPECT_EQ(broken(), "");
  array.ifmap_spad_words = 11;
  EXPECT_EQ(broken(), "an ifmap window q S = 12 words, but /chip/array/ifmap_spad_words gives 11");
}

TEST_F(MappingTest, ThePsumsOfAWindowMayFillThePsumSpad) {
  array.psum_spad_words = 12;  // p
  EXPECT_EQ(broken(), "");
  array.psum_spad_words = 11;
  EXPECT_EQ(broken(), "psums of a window p = 12 words, but /chip/array/psum_spad_words gives 11");
}

TEST_F(MappingTest, FilterRowsMayFillTheFilterSpad) {
  array.filter_spad_words = 144;  // p q S = 12 x 4 x 3
  EXPECT_EQ(broken(), "");
  array.filter_spad_words = 143;
  EXPECT_EQ(broken(), "filter rows p q S = 144 words, but /chip/array/filter_spad_words gives 143");
}

TEST_F(MappingTest, SetsMayFillTheArray) {
  array.rows = 6;  // R r = 3 x 2
  array.columns = 14;
  EXPECT_EQ(broken(), "");
  array.columns = 13;
  EXPECT_EQ(broken(), "2 sets of 6 x 7 PEs do not fit the array of 6 x 13 PEs (/chip/array/rows, /chip/array/columns)");
}

TEST_F(MappingTest, ASetIsNeverWiderThanTheOfmapIsHigh) {
  array.rows = 6;
  array.columns = 20;
  mapping.e = 65536;  // E = 10: 2 sets of 10 columns
  EXPECT_EQ(broken(), "");
  array.columns = 19;
  EXPECT_EQ(broken(),
            "2 sets of 6 x 10 PEs do not fit the array of 6 x 19 PEs (/chip/array/rows, /chip/array/columns)");
}

TEST_F(MappingTest, IfmapAndPsumTilesMayFillTheBanks) {
  // ifmap: n q r rows W = 2 x 8 x (6 + 3) x 10 = 1440 words = 2880 bytes, 3 banks of 1024 bytes;
  // psums: n m e F = 2 x 48 x 7 x 8 = 5376 words = 10752 bytes, 10.5 banks: 11.
  context.bank_bytes = 1024;
  context.banks = 14;
  EXPECT_EQ(broken(), "");
  context.banks = 13;
  EXPECT_EQ(broken(),
            "banks for 1440 ifmap words (3) and 5376 psums (11) = 14 banks, but /chip/global_buffer/banks gives 13");
}

TEST_F(MappingTest, ABankHoldsOneKindOfDataToItsLastByte) {
  context.bank_bytes = 2880;  // 1440 ifmap words
  context.banks = 5;          // 1 + 10752 / 2880 = 3.7: 4
  EXPECT_EQ(broken(), "");
  context.bank_bytes = 2879;  // the ifmap tile spills into a second bank
  EXPECT_EQ(broken(),
            "banks for 1440 ifmap words (2) and 5376 psums (4) = 6 banks, but /chip/global_buffer/banks gives 5");
}

TEST_F(MappingTest, BanksAreCountedInTheBitsOfEachKindOfWord) {
  context.activation_bits = 5;  // 1440 x 5 / 8 = 900 bytes
  context.psum_bits = 20;       // 5376 x 20 / 8 = 13440 bytes
  context.bank_bytes = 1024;    // 1 + 13.125: 14
  context.banks = 15;
  EXPECT_EQ(broken(), "");
  context.banks = 14;
  EXPECT_EQ(broken(),
            "banks for 1440 ifmap words (1) and 5376 psums (14) = 15 banks, but /chip/global_buffer/banks gives 14");
}

TEST_F(MappingTest, TheFiltersOfAPassMayFillTheFilterBanks) {
  // p t q r R S = 24 x 8 x 9 = 1728 words = 3456 bytes: 4 banks of 1024.
  context.bank_bytes = 1024;
  context.filter_banks = 4;
  EXPECT_EQ(broken(), "");
  context.filter_banks = 3;
  EXPECT_EQ(broken(), "banks for 1728 filter words of a pass = 4 banks, but /chip/global_buffer/filter_banks gives 3");
}

TEST_F(MappingTest, TilesAreCutToTheLayer) {
  mapping.n = 100;  // the batch has 2 images
  mapping.m = 100;  // and the group 64 channels
  // psums: 2 x 64 x 7 x 8 = 7168 words: 14 banks of 1024 bytes, and 3 for the ifmap.
  context.bank_bytes = 1024;
  context.banks = 17;
  EXPECT_EQ(broken(), "");
  context.banks = 16;
  EXPECT_EQ(broken(),
            "banks for 1440 ifmap words (3) and 7168 psums (14) = 17 banks, but /chip/global_buffer/banks gives 16");
}

TEST_F(MappingTest, AStrideMayBeWiderThanTheFilter) {
  context.shape.U = 4;
  EXPECT_EQ(broken(), "");
}

TEST_F(MappingTest, ADilatedWindowIsHeldWithTheColumnsBetweenItsTaps) {
  context.shape.S = 3;
  context.shape.D = 2;  // columns 0, 2 and 4: a span of 5
  mapping.q = 2;
  EXPECT_EQ(broken(), "");
  mapping.q = 3;
  EXPECT_EQ(broken(), "an ifmap window q (D (S - 1) + 1) = 15 words, but /chip/array/ifmap_spad_words gives 12");
}

TEST_F(MappingTest, ThePlugInRefusesAnIllegalMappingAsBadInput) {
  const ArrayKind& kind = *Registry<ArrayKind>::instance().find("row_stationary");
  EXPECT_NO_THROW(kind.check(context, mapping));
  mapping.p = 25;
  mapping.q = 1;
  EXPECT_EQ(error_of([&] { kind.check(context, mapping); }),
            "psums of a window p = 25 words, but /chip/array/psum_spad_words gives 24");
}

TEST_F(MappingTest, MostPsumChannelsIsTheLargestLegalM) {
  context.bank_bytes = 1000;
  context.banks = 12;
  // 2880 ifmap bytes: 3 banks. 9 x 1000 bytes are 4500 psums; a channel has n e F = 112: 40.2.
  EXPECT_EQ(most_psum_channels(context, mapping), 40);
  mapping.m = 40;
  EXPECT_EQ(broken(), "");
  mapping.m = 41;
  EXPECT_NE(broken(), "");
}

}  // namespace
}  // namespace lacuna::test
