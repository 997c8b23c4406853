// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/relative_index_reader.hpp"

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

RelativeIndexReader::RelativeIndexReader(const RelativeIndex& index, std::int64_t count, std::int64_t code_bits,
                                         std::int64_t row_bits)
    : index_(index), count_(count) {
  if (code_bits < 1 || code_bits > 8) {
    fail_input("relative index: found codes of " + std::to_string(code_bits) + " bits; allowed 1 to 8");
  }
  const std::int64_t entry_bits = code_bits + index.run_bits;
  if (row_bits < entry_bits) {
    fail_input("relative index: found rows of " + std::to_string(row_bits) + " bits; allowed from " +
               std::to_string(entry_bits) + " on, an entry");
  }
  entries_per_row_ = row_bits / entry_bits;
}

RelativeIndexCycle RelativeIndexReader::step() {
  RelativeIndexCycle cycle;
  const std::int64_t entry = reads_.entries++;
  const auto at = static_cast<std::size_t>(entry);
  const std::int64_t row = entry / entries_per_row_;
  if (row != buffered_row_) {
    buffered_row_ = row;
    cycle.fetched_row = row;
    ++reads_.rows;
  }
  position_ += index_.runs[at] + 1;
  cycle.code = index_.codes[at];
  check_relative_index_entry(index_, entry, position_, count_);
  if (cycle.code == 0) {
    ++reads_.fillers;
  } else {
    cycle.position = position_;
  }
  return cycle;
}

}  // namespace lacuna
