// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csr.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Values = std::vector<StoredWord>;
using Indices = std::vector<std::int64_t>;

CodecParameters value_bits(std::int64_t bits) {
  CodecParameters widths;
  widths.value_bits = bits;
  return widths;
}

CsrShape shape_of(const CsrMatrix& csr) {
  return {csr.rows(), csr.columns, static_cast<std::int64_t>(csr.values.size())};
}

void expect_round_trip(const Values& matrix, std::int64_t rows, std::int64_t columns, std::int64_t bits) {
  const CsrMatrix csr = encode_csr(matrix, rows, columns);
  const std::vector<std::uint64_t> words = store_csr(csr, value_bits(bits));
  ASSERT_EQ(static_cast<std::int64_t>(words.size()), (csr_bits(shape_of(csr), bits) + 63) / 64);
  ASSERT_EQ(decode_csr(load_csr(words, shape_of(csr), value_bits(bits))), matrix) << rows << " x " << columns;
}

const Values kMatrix{0, 5, 0, 0,   //
                     0, 0, 0, 0,   //
                     7, 0, 0, 9};  //

TEST(Csr, StoresRowBeginsThenColumnsThenValues) {
  const CsrMatrix csr = encode_csr(kMatrix, 3, 4);
  EXPECT_EQ(csr.values, (Values{5, 7, 9}));
  EXPECT_EQ(csr.column_of, (Indices{1, 0, 3}));
  EXPECT_EQ(csr.row_begin, (Indices{0, 1, 1, 3}));
  // 3 (8 + 2) + 4 x 2 = 38 bits. Begins 0 1 1 3: 0xd4; columns 1 0 3: 0b110001; values from bit 14 on.
  EXPECT_EQ(csr_bits({3, 4, 3}, 8), 38);
  EXPECT_EQ(store_csr(csr, value_bits(8)),
            (std::vector<std::uint64_t>{0xd4 | 0b110001 << 8 | 5ull << 14 | 7ull << 22 | 9ull << 30}));
}

TEST(Csr, TakesNoBitsForWhatIsKnown) {
  EXPECT_EQ(csr_bits({5, 7, 0}, 16), 0);       // no value: rows begin at 0
  EXPECT_EQ(csr_bits({1, 1, 1}, 16), 16 + 2);  // one column
}

TEST(Csr, ReturnsMatricesOfEveryLengthAndDensity) {
  std::mt19937_64 random(8);
  for (std::int64_t length = 0; length <= 300; ++length) {
    for (const std::uint64_t density : {std::uint64_t{0}, std::uint64_t{100}, random() % 101, random() % 101}) {
      const std::int64_t rows = 1 + static_cast<std::int64_t>(random() % 5);
      const auto bits = static_cast<std::int64_t>(1 + random() % 16);
      Values matrix(static_cast<std::size_t>(rows * length), 0);
      for (StoredWord& value : matrix) {
        if (random() % 100 < density) value = static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), bits));
      }
      expect_round_trip(matrix, rows, length, bits);
      expect_round_trip(matrix, length, rows, bits);
    }
  }
}

TEST(Csr, RefusesWhatNoEncoderGives) {
  const auto refused = [](const std::function<void(CsrMatrix&)>& change) {
    CsrMatrix csr = encode_csr(kMatrix, 3, 4);
    change(csr);
    return message_of([&] { decode_csr(csr); });
  };
  EXPECT_EQ(refused([](CsrMatrix& /*c*/) {}), "accepted");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.row_begin[0] = 1; }),
            "corrupted csr: rows do not reach from value 0 to value 3");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.row_begin[3] = 2; }),
            "corrupted csr: rows do not reach from value 0 to value 3");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.row_begin[1] = 2; }),
            "corrupted csr: row 0 has column 0 of 4 behind column 1");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.row_begin[2] = 0; }), "corrupted csr: row 1 begins at value 1 and ends at 0");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.column_of[2] = 4; }),
            "corrupted csr: row 2 has column 4 of 4 behind column 0");
  EXPECT_EQ(refused([](CsrMatrix& c) { c.values[0] = 0; }), "corrupted csr: row 0 has a value of zero in column 1");
}

TEST(Csr, RefusesEveryMatrixThatItsEncoderDoesNotGive) {
  const CsrShape shape{3, 4, 3};
  const std::vector<std::uint64_t> words = store_csr(encode_csr(kMatrix, 3, 4), value_bits(8));
  for (std::size_t bit = 0; bit < words.size() * 64; ++bit) {
    std::vector<std::uint64_t> flipped = words;
    flipped[bit / 64] ^= std::uint64_t{1} << bit % 64;
    try {
      const Values decoded = decode_csr(load_csr(flipped, shape, value_bits(8)));
      EXPECT_EQ(store_csr(encode_csr(decoded, 3, 4), value_bits(8)), flipped);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    }
  }
}

TEST(Csr, RefusesWordsTooFewTooManyAndBitsBehindThem) {
  const std::vector<std::uint64_t> words = store_csr(encode_csr(kMatrix, 3, 4), value_bits(8));
  const auto refused = [](const std::vector<std::uint64_t>& changed) {
    return message_of([&] { load_csr(changed, {3, 4, 3}, value_bits(8)); });
  };
  EXPECT_EQ(refused({}), "corrupted csr: found 0 words for 38 bits");
  EXPECT_EQ(refused({words[0], 0}), "corrupted csr: found 2 words for 38 bits");
  EXPECT_EQ(refused({words[0] | 1ull << 38}), "corrupted csr: bits behind the last value that are not zero");
  EXPECT_EQ(message_of([] { store_csr(encode_csr(kMatrix, 3, 4), value_bits(4)); }),
            "value 9 does not fit the 4 bits of its stream");
}

}  // namespace
}  // namespace lacuna
