// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csc_reader.hpp"

#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"

namespace lacuna {

void CscReader::begin_column(std::int64_t column) {
  column_ = column;
  entry_ = read_pointer(column) * format_.entries_per_pointer;
  end_ = read_pointer(column + 1) * format_.entries_per_pointer;
  if (end_ < entry_) fail("begins at entry " + std::to_string(entry_) + " and ends at " + std::to_string(end_));
  in_column_ = true;
  padding_ = false;
  filler_last_ = false;
  row_ = -1;
}

CscCycle CscReader::step() {
  CscCycle cycle;
  ++reads_.cycles;
  if (entry_ < end_) {
    const std::uint64_t bits = fetch(cycle);
    const std::uint64_t run = bits >> format_.code_bits & low_mask(format_.run_bits);
    cycle.code = static_cast<StoredWord>(from_field(bits, format_.widths()));
    ++reads_.entries;
    cycle.code != 0 ? take_code(run, cycle) : take_zeros(run);
    ++entry_;
  }
  in_column_ = entry_ < end_;
  if (!in_column_ && filler_last_) fail("ends in a filler");
  return cycle;
}

std::int64_t CscReader::read_pointer(std::int64_t pointer) {
  const auto bank = static_cast<std::size_t>(pointer % 2);
  const auto word = static_cast<std::size_t>(pointer / 2);
  if (word >= memory_.pointers[bank].size()) fail("has no pointer " + std::to_string(pointer));
  ++reads_.pointers[bank];
  return memory_.pointers[bank][word];
}

std::uint64_t CscReader::fetch(CscCycle& cycle) {
  const std::int64_t row = entry_ / format_.entries_per_row();
  if (row >= static_cast<std::int64_t>(memory_.rows.size())) {
    fail("has no entry " + std::to_string(entry_) + ", which row " + std::to_string(row) + " of " +
         std::to_string(memory_.rows.size()) + " would hold");
  }
  if (row != buffered_row_) {
    buffered_row_ = row;
    cycle.fetched_row = row;
    ++reads_.rows;
  }
  return memory_.rows[static_cast<std::size_t>(row)] >> (entry_ % format_.entries_per_row() * format_.entry_bits());
}

void CscReader::take_code(std::uint64_t run, CscCycle& cycle) {
  if (padding_) fail("has a code behind padding, entry " + std::to_string(entry_));
  row_ += static_cast<std::int64_t>(run) + 1;
  if (row_ >= local_rows_) fail("has a code in row " + std::to_string(row_) + " of " + std::to_string(local_rows_));
  cycle.row = row_;
  filler_last_ = false;
}

void CscReader::take_zeros(std::uint64_t run) {
  ++reads_.fillers;
  if (run == 0) {
    const bool begins_column = row_ < 0 && !filler_last_;
    if (end_ - entry_ >= format_.entries_per_pointer || begins_column) {
      fail("has an entry of nothing, entry " + std::to_string(entry_));
    }
    if (filler_last_) fail("ends in a filler");
    padding_ = true;
    return;
  }
  if (padding_ || static_cast<std::int64_t>(run) != format_.longest_run()) {
    fail("has a filler of " + std::to_string(run) + " zeros, entry " + std::to_string(entry_));
  }
  row_ += static_cast<std::int64_t>(run) + 1;
  filler_last_ = true;
}

void CscReader::fail(const std::string& what) const {
  fail_run("corrupted csc: column " + std::to_string(column_) + " " + what);
}

}  // namespace lacuna
