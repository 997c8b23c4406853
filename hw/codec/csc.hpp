// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {

/// Widths of compressed sparse columns and the memories of a PE that hold them. The defaults are those of EIE (S. Han
/// et al., ISCA 2016, sections III and IV).
struct CscFormat {
  std::int64_t pes = 64;                 ///< row i is in PE i mod pes
  std::int64_t code_bits = 4;            ///< width of a code or value; 0 is a zero
  bool signed_codes = false;             ///< two's complement values in place of the numbers of a codebook
  std::int64_t run_bits = 4;             ///< width of a zero run
  std::int64_t pointer_bits = 16;        ///< width of a pointer to the begin of a column
  std::int64_t entries_per_pointer = 1;  ///< a pointer counts this many; columns are padded to multiples of it
  std::int64_t row_bits = 64;            ///< a row of the entry memory: what one read gives; whole entries only
  std::int64_t spmat_bytes = 131072;     ///< entry memory of a PE

  static CscFormat eie() { return {}; }
  /// A PE of Eyeriss v2 (Y.-H. Chen et al., JETCAS 9(2), 2019): activations in 16 words of an entry, with 4-bit
  /// addresses, and weights in 96 words of two, with 7-bit addresses of words.
  static CscFormat eyeriss_v2_activations() { return {1, 8, true, 4, 4, 1, 12, 16 * 12 / 8}; }
  static CscFormat eyeriss_v2_weights() { return {1, 8, true, 4, 7, 2, 24, 96 * 24 / 8}; }

  std::int64_t entry_bits() const { return code_bits + run_bits; }
  std::int64_t entries_per_row() const { return row_bits / entry_bits(); }
  std::int64_t longest_run() const { return (std::int64_t{1} << run_bits) - 1; }
  /// Code and run, as widths of a stream.
  CodecParameters widths() const { return {code_bits, run_bits, row_bits, signed_codes}; }
  /// Rows of a matrix of `rows` that PE `pe` holds.
  std::int64_t local_rows(std::int64_t rows, std::int64_t pe) const { return (rows - pe + pes - 1) / pes; }
  /// Throws Error (bad_input) naming what does not fit: codes 1 to 16 bits (15 if unsigned), runs 1 to 16, pointers 1
  /// to 32, rows up to 64 bits and at least an entry, at least a PE and an entry per pointer.
  void check() const;
};

/// What a PE holds: of its rows, column by column, the codes that are not 0, each with the zeros since the one before
/// it in its column. Where more than the longest run stand between, an entry of that run and code 0 stands for one more
/// (a filler). Zeros behind the last code of a column are not stored; a column is padded with entries of run 0 and code
/// 0 up to a multiple of entries_per_pointer.
struct CscSlice {
  std::vector<std::uint16_t> runs;
  std::vector<StoredWord> codes;
  std::vector<std::int64_t> pointers;  ///< where columns begin, and the end: exact, however wide the format's are

  std::int64_t entries() const { return static_cast<std::int64_t>(codes.size()); }
};

/// The slices of all PEs; `matrix` is row by row. Throws Error (run_failed) on a code that does not fit its width.
std::vector<CscSlice> encode_csc(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns);

/// Entries of each PE without making them: in each column k + sum floor(g / 2^run_bits), of gaps g before k codes,
/// rounded up to a multiple of entries_per_pointer.
std::vector<std::int64_t> count_csc_entries(const CscFormat& format, Span<const StoredWord> matrix,
                                            std::int64_t columns);

/// Bits of a PE: entries x (code bits + run bits) + (columns + 1) x pointer bits.
std::int64_t csc_bits(const CscFormat& format, std::int64_t entries, std::int64_t columns);
/// The same in whole rows of the entry memory.
std::int64_t csc_aligned_bits(const CscFormat& format, std::int64_t entries, std::int64_t columns);

/// What limits the entries of a PE, and how many the fullest has.
struct CscLimits {
  std::int64_t entries = 0;          ///< of the fullest PE
  std::int64_t spmat_entries = 0;    ///< that the entry memory holds
  std::int64_t pointer_entries = 0;  ///< that the widest pointer, the end of the last column, can say

  bool fits() const { return entries <= spmat_entries && entries <= pointer_entries; }
  /// Which of the two is the tighter: "spmat_bytes" or "pointer_bits".
  const char* binding() const { return pointer_entries < spmat_entries ? "pointer_bits" : "spmat_bytes"; }
};
CscLimits csc_limits(const CscFormat& format, Span<const std::int64_t> entries);

/// The memories of a PE, bit by bit. Entry e is in row e / entries_per_row, the first in the lowest bits, its code
/// below its run. Pointer j is word j / 2 of bank j mod 2, so that both ends of a column are read at once.
struct CscMemory {
  std::vector<std::uint64_t> rows;
  std::array<std::vector<std::uint32_t>, 2> pointers;
};

/// Throws Error (bad_input) naming the limit that the slice does not keep: nothing wraps.
CscMemory store_csc(const CscFormat& format, const CscSlice& slice);

/// The matrix of rows x columns, row by row, from the memories of all PEs. Throws Error (run_failed) on what no encoder
/// gives: a row behind the last, a filler of a shorter run or at the end of a column, pointers that fall, memories that
/// are too short or too long, bits that hold no entry and are not 0.
std::vector<StoredWord> decode_csc(const CscFormat& format, Span<const CscMemory> memories, std::int64_t rows,
                                   std::int64_t columns);

}  // namespace lacuna
