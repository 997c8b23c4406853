// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csc.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Values = std::vector<StoredWord>;

Values filled(std::size_t rows, std::size_t columns, StoredWord value) { return Values(rows * columns, value); }

CscFormat eie(std::int64_t pes) {
  CscFormat format = CscFormat::eie();
  format.pes = pes;
  return format;
}

std::vector<CscMemory> stored(const CscFormat& format, const std::vector<CscSlice>& slices) {
  std::vector<CscMemory> memories;
  memories.reserve(slices.size());
  for (const CscSlice& slice : slices) memories.push_back(store_csc(format, slice));
  return memories;
}

void expect_round_trip(const CscFormat& format, const Values& matrix, std::int64_t columns) {
  const std::vector<CscSlice> slices = encode_csc(format, matrix, columns);
  const std::vector<std::int64_t> entries = count_csc_entries(format, matrix, columns);
  const std::vector<CscMemory> memories = stored(format, slices);
  for (std::size_t pe = 0; pe < slices.size(); ++pe) {
    ASSERT_EQ(slices[pe].entries(), entries[pe]);
    const auto rows = static_cast<std::int64_t>(memories[pe].rows.size());
    const auto pointers = static_cast<std::int64_t>(memories[pe].pointers[0].size() + memories[pe].pointers[1].size());
    ASSERT_EQ(pointers, columns + 1);
    ASSERT_EQ(rows * format.row_bits + pointers * format.pointer_bits, csc_aligned_bits(format, entries[pe], columns));
  }
  const std::int64_t rows = columns == 0 ? 0 : static_cast<std::int64_t>(matrix.size()) / columns;
  ASSERT_EQ(decode_csc(format, memories, rows, columns), matrix)
      << rows << " x " << columns << " on " << format.pes << " PEs";
}

// The column [0, 0, 1, 2, 18 zeros, 3] of the EIE paper, section III.
Values column_of_the_paper() {
  Values column{0, 0, 1, 2};
  column.insert(column.end(), 18, 0);
  column.push_back(3);
  return column;
}

TEST(Csc, StoresTheColumnOfThePaperAsThePaperDoes) {
  const CscSlice slice = encode_csc(eie(1), column_of_the_paper(), 1).front();
  EXPECT_EQ(slice.codes, (Values{1, 2, 0, 3}));
  EXPECT_EQ(slice.runs, (std::vector<std::uint16_t>{2, 0, 15, 2}));
  EXPECT_EQ(slice.pointers, (std::vector<std::int64_t>{0, 4}));
  const CscMemory memory = store_csc(eie(1), slice);
  EXPECT_EQ(memory.rows,
            (std::vector<std::uint64_t>{0x23f00221}));  // the code in the low half of a byte, first entry first
  EXPECT_EQ(memory.pointers[0], (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(memory.pointers[1], (std::vector<std::uint32_t>{4}));
}

TEST(Csc, CountsZerosWithinTheRowsOfOnePe) {
  // Rows 0, 2, 4 are PE 0's, rows 1, 3, 5 PE 1's.
  const Values matrix{1, 0,   //
                      0, 2,   //
                      0, 0,   //
                      0, 3,   //
                      4, 5,   //
                      6, 0};  //
  const std::vector<CscSlice> slices = encode_csc(eie(2), matrix, 2);
  EXPECT_EQ(slices[0].codes, (Values{1, 4, 5}));
  EXPECT_EQ(slices[0].runs, (std::vector<std::uint16_t>{0, 1, 2}));
  EXPECT_EQ(slices[0].pointers, (std::vector<std::int64_t>{0, 2, 3}));
  EXPECT_EQ(slices[1].codes, (Values{6, 2, 3}));
  EXPECT_EQ(slices[1].runs, (std::vector<std::uint16_t>{2, 0, 0}));
  EXPECT_EQ(slices[1].pointers, (std::vector<std::int64_t>{0, 1, 3}));
}

TEST(Csc, TakesTheBitsOfItsFormula) {
  // 3 x 4 of three codes: 3 entries x 8 + 5 pointers x 16 = 104 bits, with one row of 64 bits 144.
  const Values matrix{0, 5, 0, 0, 0, 0, 0, 0, 7, 0, 0, 9};
  const std::vector<std::int64_t> entries = count_csc_entries(eie(1), matrix, 4);
  EXPECT_EQ(entries, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(csc_bits(eie(1), 3, 4), 104);
  EXPECT_EQ(csc_aligned_bits(eie(1), 3, 4), 144);
}

TEST(Csc, IsThatOfEyerissV2WithOtherWidths) {
  // 4 x 3, 8-bit values: (2, 5) (0, 6) | (0, 1) (2, 2) | nothing. 4 entries of 12 bits, 4 addresses of 7.
  const Values matrix{0, 1, 0, 0, 0, 0, 5, 0, 0, 6, 2, 0};
  CscFormat format = CscFormat::eyeriss_v2_weights();
  format.entries_per_pointer = 1;  // addresses of entries
  const CscSlice slice = encode_csc(format, matrix, 3).front();
  EXPECT_EQ(slice.codes, (Values{5, 6, 1, 2}));
  EXPECT_EQ(slice.runs, (std::vector<std::uint16_t>{2, 0, 0, 2}));
  EXPECT_EQ(slice.pointers, (std::vector<std::int64_t>{0, 2, 4, 4}));
  EXPECT_EQ(csc_bits(format, 4, 3), 48 + 28);
  EXPECT_EQ(csc_bits(CscFormat::eyeriss_v2_activations(), 4, 3), 48 + 16);
}

TEST(Csc, PadsColumnsToWholeWordsWherePointersCountWords) {
  // 17 zeros and 7 are a filler and (1, 7), 15 zeros and 3 an entry, which a word of two pads.
  Values matrix = filled(20, 2, 0);
  matrix[34] = 7;   // row 17, column 0
  matrix[31] = -3;  // row 15, column 1
  const CscSlice slice = encode_csc(CscFormat::eyeriss_v2_weights(), matrix, 2).front();
  EXPECT_EQ(slice.codes, (Values{0, 7, -3, 0}));
  EXPECT_EQ(slice.runs, (std::vector<std::uint16_t>{15, 1, 15, 0}));
  EXPECT_EQ(slice.pointers, (std::vector<std::int64_t>{0, 1, 2}));
  expect_round_trip(CscFormat::eyeriss_v2_weights(), matrix, 2);
}

TEST(Csc, ReturnsRunsAroundItsFillers) {
  for (const std::size_t zeros : {0u, 15u, 16u, 17u, 31u, 32u, 33u, 48u}) {
    Values column(zeros, 0);
    column.push_back(9);
    EXPECT_EQ(count_csc_entries(eie(1), column, 1).front(), static_cast<std::int64_t>(zeros / 16 + 1));
    column.insert(column.end(), zeros, 0);  // not stored
    EXPECT_EQ(count_csc_entries(eie(1), column, 1).front(), static_cast<std::int64_t>(zeros / 16 + 1));
    for (const std::int64_t pes : {1, 2, 3, 64}) expect_round_trip(eie(pes), column, 1);
    expect_round_trip(CscFormat::eyeriss_v2_weights(), column, 1);
  }
}

TEST(Csc, ReturnsNothingZerosAndDenseMatrices) {
  for (const std::int64_t pes : {1, 2, 64}) {
    expect_round_trip(eie(pes), {}, 0);
    expect_round_trip(eie(pes), {}, 5);
    for (const StoredWord code : Values{0, 15}) expect_round_trip(eie(pes), filled(70, 9, code), 9);
  }
  EXPECT_EQ(count_csc_entries(eie(2), filled(70, 9, 0), 9), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(count_csc_entries(eie(2), filled(70, 9, 1), 9), (std::vector<std::int64_t>{315, 315}));
}

TEST(Csc, ReturnsMatricesOfEveryLengthDensityAndWidth) {
  std::mt19937_64 random(5);
  CscFormat narrow = eie(3);
  narrow.run_bits = 1;
  narrow.code_bits = 1;
  narrow.row_bits = 47;
  CscFormat wide = eie(2);
  wide.signed_codes = true;
  wide.code_bits = 16;
  wide.run_bits = 16;
  wide.pointer_bits = 32;
  CscFormat words = CscFormat::eyeriss_v2_weights();
  words.entries_per_pointer = 4;
  words.spmat_bytes = 1 << 20;
  words.pointer_bits = 16;
  for (std::int64_t length = 0; length <= 300; ++length) {
    for (const CscFormat& format : {eie(1), eie(4), eie(64), narrow, wide, words}) {
      const std::int64_t columns = 1 + static_cast<std::int64_t>(random() % 5);
      const std::uint64_t density = random() % 101;
      Values matrix(static_cast<std::size_t>(length * columns), 0);
      for (StoredWord& code : matrix) {
        if (random() % 100 >= density) continue;
        code = static_cast<StoredWord>(format.signed_codes
                                           ? wrap(static_cast<std::int64_t>(random()), format.code_bits)
                                           : static_cast<std::int64_t>(random() % (1u << format.code_bits)));
      }
      expect_round_trip(format, matrix, columns);
    }
  }
}

TEST(Csc, SaysWhichLimitAPeExceedsAndNeverWraps) {
  // 128 KB hold 131072 entries, pointers of 16 bits end at 65535.
  const std::vector<std::int64_t> fits = {10, 65535};
  const std::vector<std::int64_t> exceeds = {65536, 10};
  EXPECT_TRUE(csc_limits(eie(2), fits).fits());
  const CscLimits limits = csc_limits(eie(2), exceeds);
  EXPECT_FALSE(limits.fits());
  EXPECT_EQ(limits.entries, 65536);
  EXPECT_EQ(limits.spmat_entries, 131072);
  EXPECT_EQ(limits.pointer_entries, 65535);
  EXPECT_STREQ(limits.binding(), "pointer_bits");
  const CscSlice slice = encode_csc(eie(1), Values(65536, 1), 16).front();
  EXPECT_EQ(slice.pointers.back(), 65536);
  EXPECT_EQ(
      message_of([&] { store_csc(eie(1), slice); }, ErrorKind::bad_input),
      "csc: found a PE of 65536 entries; allowed up to 65535, by pointer_bits (131072 in its memory, 65535 by its "
      "pointers)");
  CscFormat small = eie(1);
  small.spmat_bytes = 1024;
  EXPECT_STREQ(csc_limits(small, fits).binding(), "spmat_bytes");
  EXPECT_EQ(message_of([&] { store_csc(small, slice); }, ErrorKind::bad_input),
            "csc: found a PE of 65536 entries; allowed up to 1024, by spmat_bytes (1024 in its memory, 65535 by its "
            "pointers)");
}

TEST(Csc, HoldsAsMuchOfEyerissV2AsItsMemories) {
  EXPECT_EQ(csc_limits(CscFormat::eyeriss_v2_weights(), std::vector<std::int64_t>{192}).spmat_entries, 192);
  EXPECT_EQ(csc_limits(CscFormat::eyeriss_v2_activations(), std::vector<std::int64_t>{15}).spmat_entries, 16);
}

TEST(Csc, RefusesWidthsAndCodesThatDoNotFit) {
  const auto refused = [](const std::function<void(CscFormat&)>& change) {
    CscFormat format = eie(1);
    change(format);
    return message_of([&] { encode_csc(format, Values{1}, 1); }, ErrorKind::bad_input);
  };
  EXPECT_EQ(refused([](CscFormat& f) { f.pes = 0; }), "codec csc: found PEs 0; allowed 1 to 1048576");
  EXPECT_EQ(refused([](CscFormat& f) { f.code_bits = 16; }), "codec csc: found values of 16 bits; allowed 1 to 15");
  EXPECT_EQ(refused([](CscFormat& f) { f.run_bits = 17; }), "codec csc: found bits of a run 17; allowed 1 to 16");
  EXPECT_EQ(refused([](CscFormat& f) { f.pointer_bits = 33; }),
            "codec csc: found bits of a pointer 33; allowed 1 to 32");
  EXPECT_EQ(refused([](CscFormat& f) { f.entries_per_pointer = 0; }),
            "codec csc: found entries per pointer 0; allowed 1 to 64");
  EXPECT_EQ(refused([](CscFormat& f) { f.row_bits = 7; }), "codec csc: found bits of a row 7; allowed 8 to 64");
  EXPECT_EQ(message_of([] { encode_csc(eie(1), Values{16}, 1); }, ErrorKind::run_failed),
            "value 16 does not fit the 4 bits of its stream");
}

TEST(Csc, RefusesCorruptedMemories) {
  const std::vector<CscMemory> good = stored(eie(1), encode_csc(eie(1), column_of_the_paper(), 1));
  const auto refused = [&good](const std::function<void(CscMemory&)>& change, CscFormat format = eie(1),
                               std::int64_t columns = 1) {
    std::vector<CscMemory> memories = good;
    change(memories.front());
    return message_of([&] { decode_csc(format, memories, 23, columns); }, ErrorKind::run_failed);
  };
  EXPECT_EQ(refused([](CscMemory& /*m*/) {}), "accepted");
  const std::string corrupted = "corrupted csc: ";
  EXPECT_EQ(refused([](CscMemory& m) { m.rows[0] = 0x33f00221; }), corrupted + "column 0 has a code in row 23 of 23");
  EXPECT_EQ(refused([](CscMemory& m) { m.rows[0] = 0x23700221; }),
            corrupted + "column 0 has a filler of 7 zeros, entry 2");
  EXPECT_EQ(refused([](CscMemory& m) { m.rows[0] = 0x23f00021; }),
            corrupted + "column 0 has an entry of nothing, entry 1");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[1][0] = 3; }), corrupted + "column 0 ends in a filler");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[1][0] = 2; }),
            corrupted + "row 0 has bits behind its entries that are not zero");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[0][0] = 1; }), corrupted + "column 0 begins at 1");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[1][0] = 1 << 16; }), corrupted + "found pointer 65536 in 16 bits");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[1].clear(); }), corrupted + "found 1 pointers for 1 columns");
  EXPECT_EQ(refused([](CscMemory& m) { m.pointers[0].push_back(2); }, eie(1), 2),
            corrupted + "column 1 begins at entry 4 and ends at 2");
  EXPECT_EQ(refused([](CscMemory& m) { m.rows.clear(); }),
            corrupted + "column 0 has no entry 0, which row 0 of 0 would hold");
  EXPECT_EQ(refused([](CscMemory& m) { m.rows.push_back(0); }), corrupted + "found 2 rows for 4 entries");
  EXPECT_EQ(refused([](CscMemory& /*m*/) {}, eie(2)), corrupted + "found the memories of 1 PEs of 2");
}

TEST(Csc, RefusesPaddingThatNoEncoderPuts) {
  const CscFormat format = CscFormat::eyeriss_v2_weights();  // an entry: the value in 8 bits, the run above
  const auto refused = [&format](std::uint64_t row) {
    const std::vector<CscMemory> memories = {{{row}, {{{0}, {1}}}}};
    return message_of([&] { decode_csc(format, memories, 40, 1); }, ErrorKind::run_failed);
  };
  EXPECT_EQ(refused(0x000'105), "accepted");
  EXPECT_EQ(refused(0x105'000), "corrupted csc: column 0 has an entry of nothing, entry 0");
  EXPECT_EQ(refused(0x000'000), "corrupted csc: column 0 has an entry of nothing, entry 0");
  EXPECT_EQ(refused(0x000'f00), "corrupted csc: column 0 ends in a filler");
  EXPECT_EQ(refused(0xf00'105), "corrupted csc: column 0 ends in a filler");
}

TEST(Csc, RefusesEveryMemoryThatItsEncoderDoesNotGive) {
  Values matrix = filled(60, 3, 0);
  std::mt19937_64 random(6);
  for (StoredWord& code : matrix) code = static_cast<StoredWord>(random() % 10 == 0 ? 1 + random() % 15 : 0);
  const std::vector<CscMemory> good = stored(eie(2), encode_csc(eie(2), matrix, 3));
  const auto expect_noticed = [&](const std::vector<CscMemory>& memories) {
    try {
      const Values decoded = decode_csc(eie(2), memories, 60, 3);
      EXPECT_NE(decoded, matrix);
      const std::vector<CscMemory> again = stored(eie(2), encode_csc(eie(2), decoded, 3));
      EXPECT_EQ(again[0].rows, memories[0].rows);
      EXPECT_EQ(again[0].pointers, memories[0].pointers);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    }
  };
  for (std::size_t row = 0; row < good[0].rows.size(); ++row) {
    for (int bit = 0; bit < 64; ++bit) {
      std::vector<CscMemory> flipped = good;
      flipped[0].rows[row] ^= std::uint64_t{1} << bit;
      expect_noticed(flipped);
    }
  }
  for (int bit = 0; bit < 32; ++bit) {
    for (std::size_t pointer = 0; pointer < 4; ++pointer) {
      std::vector<CscMemory> flipped = good;
      flipped[0].pointers[pointer % 2][pointer / 2] ^= std::uint32_t{1} << bit;
      expect_noticed(flipped);
    }
  }
}

}  // namespace
}  // namespace lacuna
