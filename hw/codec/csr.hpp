// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {

/// Compressed sparse rows, with fields as narrow as the matrix allows (e.g. Y. N. Wu et al., Sparseloop, MICRO 2022):
/// the values that are not 0, row by row, the column of each, and where each row begins.
struct CsrMatrix {
  std::int64_t columns = 0;
  std::vector<StoredWord> values;
  std::vector<std::int64_t> column_of;  ///< of each value
  std::vector<std::int64_t> row_begin;  ///< rows + 1; the last is the number of values

  std::int64_t rows() const { return static_cast<std::int64_t>(row_begin.size()) - 1; }
};

/// What a reader must know of the stored bits.
struct CsrShape {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t values = 0;  ///< that are not 0
};

/// Of a matrix row by row.
CsrMatrix encode_csr(Span<const StoredWord> matrix, std::int64_t rows, std::int64_t columns);

/// The matrix, row by row. Throws Error (run_failed) on what no encoder gives: rows that do not begin at 0, fall, or do
/// not end with the values; columns that do not rise within a row or are not below `columns`; a value of 0.
std::vector<StoredWord> decode_csr(const CsrMatrix& csr);

/// Bits of k values of b bits: k (b + ceil(log2 columns)) + (rows + 1) ceil(log2(k + 1)).
std::int64_t csr_bits(const CsrShape& shape, std::int64_t value_bits);

/// The bits in words of 64, the first field in the lowest bits: row begins, then columns, then values, each side by
/// side across the borders of words. The widths are value_bits and signed_values alone. Throws Error (run_failed) on a
/// value that does not fit.
std::vector<std::uint64_t> store_csr(const CsrMatrix& csr, const CodecParameters& widths);

/// What store_csr() stored. Throws Error (run_failed) where words are too few or too many, or bits behind the last
/// field are not 0; what the fields say is for decode_csr() to judge.
CsrMatrix load_csr(Span<const std::uint64_t> words, const CsrShape& shape, const CodecParameters& widths);

}  // namespace lacuna
