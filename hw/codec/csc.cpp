// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csc.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/csc_reader.hpp"

namespace lacuna {
namespace {

void check_range(const char* what, std::int64_t found, std::int64_t low, std::int64_t high) {
  if (found >= low && found <= high) return;
  fail_input("codec csc: found " + std::string(what) + " " + std::to_string(found) + "; allowed " +
             std::to_string(low) + " to " + std::to_string(high));
}

std::int64_t round_up(std::int64_t count, std::int64_t step) { return (count + step - 1) / step * step; }

std::int64_t rows_of(Span<const StoredWord> matrix, std::int64_t columns) {
  return columns == 0 ? 0 : static_cast<std::int64_t>(matrix.size()) / columns;
}

/// Calls sink(gap, code) for each code that is not 0 of one column of a PE, top to bottom, with the zeros before it.
template <class Sink>
void for_each_gap(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns, std::int64_t pe,
                  std::int64_t column, const Sink& sink) {
  std::int64_t gap = 0;
  for (std::int64_t row = pe; row < rows_of(matrix, columns); row += format.pes) {
    const StoredWord code = matrix[static_cast<std::size_t>(row * columns + column)];
    if (code == 0) {
      ++gap;
      continue;
    }
    sink(gap, code);
    gap = 0;
  }
}

CscSlice encode_slice(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns, std::int64_t pe) {
  CscSlice slice;
  const auto put = [&slice](std::int64_t run, StoredWord code) {
    slice.runs.push_back(static_cast<std::uint16_t>(run));
    slice.codes.push_back(code);
  };
  for (std::int64_t column = 0; column < columns; ++column) {
    slice.pointers.push_back(slice.entries() / format.entries_per_pointer);
    for_each_gap(format, matrix, columns, pe, column, [&](std::int64_t gap, StoredWord code) {
      for (; gap > format.longest_run(); gap -= format.longest_run() + 1) put(format.longest_run(), 0);
      put(gap, code);
    });
    while (slice.entries() % format.entries_per_pointer != 0) put(0, 0);
  }
  slice.pointers.push_back(slice.entries() / format.entries_per_pointer);
  return slice;
}

/// Throws where bits of the rows hold no entry and are not 0.
void check_rows(const CscFormat& format, const CscMemory& memory, std::int64_t entries) {
  const std::int64_t per_row = format.entries_per_row();
  const auto rows = static_cast<std::int64_t>(memory.rows.size());
  if (rows != (entries + per_row - 1) / per_row) {
    fail_run("corrupted csc: found " + std::to_string(rows) + " rows for " + std::to_string(entries) + " entries");
  }
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::int64_t held = std::min(per_row, entries - row * per_row);
    if ((memory.rows[static_cast<std::size_t>(row)] & ~low_mask(held * format.entry_bits())) != 0) {
      fail_run("corrupted csc: row " + std::to_string(row) + " has bits behind its entries that are not zero");
    }
  }
}

void check_pointers(const CscFormat& format, const CscMemory& memory, std::int64_t columns) {
  const auto even = static_cast<std::int64_t>(memory.pointers[0].size());
  const auto odd = static_cast<std::int64_t>(memory.pointers[1].size());
  if (even != columns / 2 + 1 || odd != (columns + 1) / 2) {
    fail_run("corrupted csc: found " + std::to_string(even + odd) + " pointers for " + std::to_string(columns) +
             " columns");
  }
  if (memory.pointers[0].front() != 0) {
    fail_run("corrupted csc: column 0 begins at " + std::to_string(memory.pointers[0].front()));
  }
  for (const std::vector<std::uint32_t>& bank : memory.pointers) {
    for (const std::uint32_t pointer : bank) {
      if (pointer > low_mask(format.pointer_bits)) {
        fail_run("corrupted csc: found pointer " + std::to_string(pointer) + " in " +
                 std::to_string(format.pointer_bits) + " bits");
      }
    }
  }
}

}  // namespace

void CscFormat::check() const {
  check_widths({code_bits, run_bits, 64, signed_codes}, "csc");
  check_range("PEs", pes, 1, 1 << 20);
  check_range("bits of a run", run_bits, 1, 16);
  check_range("bits of a pointer", pointer_bits, 1, 32);
  check_range("entries per pointer", entries_per_pointer, 1, 64);
  check_range("bits of a row", row_bits, entry_bits(), 64);
}

std::vector<CscSlice> encode_csc(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns) {
  format.check();
  check_fit(matrix, format.widths());
  std::vector<CscSlice> slices;
  for (std::int64_t pe = 0; pe < format.pes; ++pe) slices.push_back(encode_slice(format, matrix, columns, pe));
  return slices;
}

std::vector<std::int64_t> count_csc_entries(const CscFormat& format, Span<const StoredWord> matrix,
                                            std::int64_t columns) {
  format.check();
  std::vector<std::int64_t> entries(static_cast<std::size_t>(format.pes), 0);
  for (std::int64_t pe = 0; pe < format.pes; ++pe) {
    for (std::int64_t column = 0; column < columns; ++column) {
      std::int64_t of_column = 0;
      for_each_gap(format, matrix, columns, pe, column,
                   [&](std::int64_t gap, StoredWord /*code*/) { of_column += 1 + (gap >> format.run_bits); });
      entries[static_cast<std::size_t>(pe)] += round_up(of_column, format.entries_per_pointer);
    }
  }
  return entries;
}

std::int64_t csc_bits(const CscFormat& format, std::int64_t entries, std::int64_t columns) {
  return entries * format.entry_bits() + (columns + 1) * format.pointer_bits;
}

std::int64_t csc_aligned_bits(const CscFormat& format, std::int64_t entries, std::int64_t columns) {
  const std::int64_t rows = round_up(entries, format.entries_per_row()) / format.entries_per_row();
  return rows * format.row_bits + (columns + 1) * format.pointer_bits;
}

CscLimits csc_limits(const CscFormat& format, Span<const std::int64_t> entries) {
  CscLimits limits;
  for (const std::int64_t of_pe : entries) limits.entries = std::max(limits.entries, of_pe);
  limits.spmat_entries = format.spmat_bytes * 8 / format.row_bits * format.entries_per_row();
  limits.pointer_entries = ((std::int64_t{1} << format.pointer_bits) - 1) * format.entries_per_pointer;
  return limits;
}

CscMemory store_csc(const CscFormat& format, const CscSlice& slice) {
  format.check();
  const std::vector<std::int64_t> entries = {slice.entries()};
  const CscLimits limits = csc_limits(format, entries);
  if (!limits.fits()) {
    fail_input("csc: found a PE of " + std::to_string(limits.entries) + " entries; allowed up to " +
               std::to_string(std::min(limits.spmat_entries, limits.pointer_entries)) + ", by " + limits.binding() +
               " (" + std::to_string(limits.spmat_entries) + " in its memory, " +
               std::to_string(limits.pointer_entries) + " by its pointers)");
  }
  CscMemory memory;
  const std::int64_t per_row = format.entries_per_row();
  memory.rows.assign(static_cast<std::size_t>((slice.entries() + per_row - 1) / per_row), 0);
  for (std::int64_t entry = 0; entry < slice.entries(); ++entry) {
    const auto at = static_cast<std::size_t>(entry);
    const std::uint64_t run = slice.runs[at];
    const std::uint64_t bits = to_field(slice.codes[at], format.widths()) | run << format.code_bits;
    memory.rows[static_cast<std::size_t>(entry / per_row)] |= bits << (entry % per_row * format.entry_bits());
  }
  for (std::size_t pointer = 0; pointer < slice.pointers.size(); ++pointer) {
    memory.pointers[pointer % 2].push_back(static_cast<std::uint32_t>(slice.pointers[pointer]));
  }
  return memory;
}

std::vector<StoredWord> decode_csc(const CscFormat& format, Span<const CscMemory> memories, std::int64_t rows,
                                   std::int64_t columns) {
  format.check();
  if (static_cast<std::int64_t>(memories.size()) != format.pes) {
    fail_run("corrupted csc: found the memories of " + std::to_string(memories.size()) + " PEs of " +
             std::to_string(format.pes));
  }
  std::vector<StoredWord> matrix(static_cast<std::size_t>(rows * columns), 0);
  for (std::int64_t pe = 0; pe < format.pes; ++pe) {
    const CscMemory& memory = memories[static_cast<std::size_t>(pe)];
    check_pointers(format, memory, columns);
    CscReader reader(format, memory, format.local_rows(rows, pe));
    for (std::int64_t column = 0; column < columns; ++column) {
      reader.begin_column(column);
      while (reader.in_column()) {
        const CscCycle cycle = reader.step();
        if (!cycle.row) continue;
        matrix[static_cast<std::size_t>((*cycle.row * format.pes + pe) * columns + column)] = cycle.code;
      }
    }
    check_rows(format, memory, reader.end());
  }
  return matrix;
}

}  // namespace lacuna
