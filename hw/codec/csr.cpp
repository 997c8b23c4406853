// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csr.hpp"

#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/bit_stream.hpp"

namespace lacuna {
namespace {

/// Bits that tell `count` things apart: ceil(log2 count).
std::int64_t index_bits(std::int64_t count) {
  std::int64_t bits = 0;
  while ((std::int64_t{1} << bits) < count) ++bits;
  return bits;
}

std::uint64_t take(BitReader& reader, std::int64_t bits) {
  const std::uint64_t field = reader.peek() & low_mask(bits);
  reader.take(bits);
  return field;
}

[[noreturn]] void fail_row(std::int64_t row, const std::string& what) {
  fail_run("corrupted csr: row " + std::to_string(row) + " " + what);
}

}  // namespace

CsrMatrix encode_csr(Span<const StoredWord> matrix, std::int64_t rows, std::int64_t columns) {
  CsrMatrix csr;
  csr.columns = columns;
  csr.row_begin.push_back(0);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) {
      const StoredWord value = matrix[static_cast<std::size_t>(row * columns + column)];
      if (value == 0) continue;
      csr.values.push_back(value);
      csr.column_of.push_back(column);
    }
    csr.row_begin.push_back(static_cast<std::int64_t>(csr.values.size()));
  }
  return csr;
}

std::vector<StoredWord> decode_csr(const CsrMatrix& csr) {
  const auto count = static_cast<std::int64_t>(csr.values.size());
  if (csr.row_begin.empty() || csr.row_begin.front() != 0 || csr.row_begin.back() != count) {
    fail_run("corrupted csr: rows do not reach from value 0 to value " + std::to_string(count));
  }
  std::vector<StoredWord> matrix(static_cast<std::size_t>(csr.rows() * csr.columns), 0);
  for (std::int64_t row = 0; row < csr.rows(); ++row) {
    const std::int64_t begin = csr.row_begin[static_cast<std::size_t>(row)];
    const std::int64_t end = csr.row_begin[static_cast<std::size_t>(row) + 1];
    if (end < begin || end > count) {
      fail_row(row, "begins at value " + std::to_string(begin) + " and ends at " + std::to_string(end));
    }
    std::int64_t before = -1;
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t column = csr.column_of[static_cast<std::size_t>(i)];
      const StoredWord value = csr.values[static_cast<std::size_t>(i)];
      if (column <= before || column >= csr.columns) {
        fail_row(row, "has column " + std::to_string(column) + " of " + std::to_string(csr.columns) +
                          " behind column " + std::to_string(before));
      }
      if (value == 0) fail_row(row, "has a value of zero in column " + std::to_string(column));
      matrix[static_cast<std::size_t>(row * csr.columns + column)] = value;
      before = column;
    }
  }
  return matrix;
}

std::int64_t csr_bits(const CsrShape& shape, std::int64_t value_bits) {
  return shape.values * (value_bits + index_bits(shape.columns)) + (shape.rows + 1) * index_bits(shape.values + 1);
}

std::vector<std::uint64_t> store_csr(const CsrMatrix& csr, const CodecParameters& widths) {
  check_widths(widths, "csr");
  BitWriter writer;
  const std::int64_t begin_bits = index_bits(static_cast<std::int64_t>(csr.values.size()) + 1);
  for (const std::int64_t begin : csr.row_begin) writer.put(static_cast<std::uint64_t>(begin), begin_bits);
  const std::int64_t column_bits = index_bits(csr.columns);
  for (const std::int64_t column : csr.column_of) writer.put(static_cast<std::uint64_t>(column), column_bits);
  for (const StoredWord value : csr.values) writer.put(to_field(value, widths), widths.value_bits);
  return writer.words();
}

CsrMatrix load_csr(Span<const std::uint64_t> words, const CsrShape& shape, const CodecParameters& widths) {
  check_widths(widths, "csr");
  const std::int64_t bits = csr_bits(shape, widths.value_bits);
  if (static_cast<std::int64_t>(words.size()) != (bits + 63) / 64) {
    fail_run("corrupted csr: found " + std::to_string(words.size()) + " words for " + std::to_string(bits) + " bits");
  }
  CsrMatrix csr;
  csr.columns = shape.columns;
  BitReader reader(words);
  for (std::int64_t row = 0; row <= shape.rows; ++row) {
    csr.row_begin.push_back(static_cast<std::int64_t>(take(reader, index_bits(shape.values + 1))));
  }
  for (std::int64_t i = 0; i < shape.values; ++i) {
    csr.column_of.push_back(static_cast<std::int64_t>(take(reader, index_bits(shape.columns))));
  }
  for (std::int64_t i = 0; i < shape.values; ++i) {
    csr.values.push_back(static_cast<StoredWord>(from_field(take(reader, widths.value_bits), widths)));
  }
  if (!reader.at_end()) fail_run("corrupted csr: bits behind the last value that are not zero");
  return csr;
}

}  // namespace lacuna
