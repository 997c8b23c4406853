// SPDX-License-Identifier: Apache-2.0
// The vectorised recurrence and counts against the same PE by PE, for every set of vector instructions.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "hw/array/csc_broadcast/event/recurrence.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/vector_instructions.hpp"

namespace lacuna::test {
namespace {

/// A random matrix in some PEs; `percent` of its words are not zero.
struct Machine {
  Machine(Dice& dice, std::int64_t pes, std::int64_t rows_of_pe, std::int64_t inputs, std::int64_t percent)
      : matrix(static_cast<std::size_t>(pes * rows_of_pe * inputs), 0) {
    for (StoredWord& word : matrix) word = dice.draw(1, 100) <= percent ? StoredWord{1} : StoredWord{0};
    format.pes = pes;
    columns = std::make_unique<CscColumns>(format, CscFilterTile{0, pes * rows_of_pe, 0, inputs}, matrix, inputs);
  }

  CscFormat format = CscFormat::eie();
  std::vector<StoredWord> matrix;
  std::unique_ptr<CscColumns> columns;
};

std::vector<std::int32_t> drawn_columns(Dice& dice, std::int64_t inputs, std::int64_t percent) {
  std::vector<std::int32_t> columns;
  for (std::int32_t column = 0; column < inputs; ++column) {
    if (dice.draw(1, 100) <= percent) columns.push_back(column);
  }
  return columns;
}

/// T, from the last edge of service of each PE: the recurrence as recurrence.hpp states it.
std::int64_t expect_edges(const CscTimingParameters& parameters, const CscColumns& tile, std::int64_t pes,
                          const std::vector<std::int32_t>& columns, const CscPassCounts& counts) {
  std::vector<std::int64_t> end(static_cast<std::size_t>(pes), -1);
  std::vector<std::int64_t> last_row(end.size(), -1);
  std::vector<std::int64_t> bypasses(end.size(), 0);
  std::vector<std::int64_t> ends;
  std::int64_t push = -1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ++push;
    const auto depth = static_cast<std::size_t>(parameters.queue_depth);
    if (i >= depth) push = std::max(push, ends[i - depth] + 1);
    for (std::size_t pe = 0; pe < end.size(); ++pe) {
      const auto field = [&](CscField of) { return tile.at(of, columns[i], static_cast<std::int64_t>(pe)); };
      const std::int64_t start = std::max(push + 1, end[pe] + 1);
      const bool entries = field(CscField::entries) > 0;
      if (entries && i > 0 && start == end[pe] + 1 && field(CscField::first_row) == last_row[pe]) ++bypasses[pe];
      last_row[pe] = entries ? field(CscField::last_row) : -1;
      end[pe] = start + std::max<std::int64_t>(field(CscField::entries), 1) - 1;
    }
    ends.push_back(*std::max_element(end.begin(), end.end()));
  }
  for (std::size_t pe = 0; pe < end.size(); ++pe) {
    EXPECT_EQ(counts.end[pe], end[pe]) << pe;
    EXPECT_EQ(counts.bypasses[pe], bypasses[pe]) << pe;
  }
  return ends.empty() ? 0 : ends.back() + 1;
}

/// The row of the entry memory in which an entry of a column lies: all columns before it are in the memory too.
std::int64_t row_of(const Machine& machine, std::int64_t column, std::int64_t pe, bool last) {
  std::int64_t entry = 0;
  for (std::int64_t k = 0; k < column; ++k) entry += machine.columns->at(CscField::entries, k, pe);
  if (last) entry += machine.columns->at(CscField::entries, column, pe) - 1;
  return entry / machine.format.entries_per_row();
}

using CscLanes = VectorInstructions;

TEST_P(CscLanes, ServeBroadcastsAsEachPeForItself) {
  Dice dice(2016);
  // Backlogs of one byte, of two, and of more: up to 254 entries wait in each place of a queue.
  for (const std::int64_t depth : {1, 2, 8, 64, 400}) {
    for (const std::int64_t pes : {3, 64, 70, 128}) {
      const auto rows_of_pe = dice.pick<std::int64_t>({10, 254, 300});
      const Machine machine(dice, pes, rows_of_pe, 420, depth == 400 ? 95 : 20);
      const std::vector<std::int32_t> columns = drawn_columns(dice, 420, 90);
      CscTimingParameters parameters{CscBroadcastConfig()};
      parameters.queue_depth = depth;
      CscRowBuffers buffers(static_cast<std::size_t>(machine.columns->lanes()), -1);
      const CscPassCounts counts =
          serve_batch(parameters, *machine.columns, columns, broadcast_gaps(parameters, columns), buffers);
      EXPECT_EQ(expect_edges(parameters, *machine.columns, pes, columns, counts), counts.busy);
    }
  }
}

/// Entries, fillers, columns without entries and row reads of a PE, whose row buffer holds a row before and after.
using Reads = std::array<std::int64_t, 4>;
Reads reads_of(const Machine& machine, std::int64_t pe, const std::vector<std::int32_t>& columns,
               std::int64_t& buffered) {
  Reads reads{};
  for (const std::int32_t column : columns) {
    const std::int64_t entries = machine.columns->at(CscField::entries, column, pe);
    reads[0] += entries;
    reads[1] += machine.columns->at(CscField::fillers, column, pe);
    reads[2] += entries == 0 ? 1 : 0;
    if (entries == 0) continue;
    const std::int64_t first = row_of(machine, column, pe, false);
    const std::int64_t last = row_of(machine, column, pe, true);
    reads[3] += last - first + (first == buffered ? 0 : 1);
    buffered = last;
  }
  return reads;
}

/// Passes of other images begin with the first columns again.
void expect_reads(Dice& dice, std::int64_t pes, std::int64_t percent) {
  const Machine machine(dice, pes, dice.pick<std::int64_t>({2, 20, 260}), 300, percent);
  CscRowBuffers buffers(static_cast<std::size_t>(machine.columns->lanes()), -1);
  std::vector<std::int64_t> buffered(static_cast<std::size_t>(pes), -1);
  for (int pass = 0; pass < 6; ++pass) {
    const std::vector<std::int32_t> columns = drawn_columns(dice, 300, dice.pick<std::int64_t>({0, 1, 30, 100}));
    const CscColumnCounts counts = count_columns(*machine.columns, columns, buffers);
    for (std::size_t pe = 0; pe < buffered.size(); ++pe) {
      const Reads found{counts.entries[pe], counts.fillers[pe], counts.empties[pe], counts.row_reads[pe]};
      ASSERT_EQ(found, reads_of(machine, static_cast<std::int64_t>(pe), columns, buffered[pe])) << pass << ' ' << pe;
    }
  }
}

TEST_P(CscLanes, ReadRowsOfTheEntryMemoryThatAreNotInTheBufferFromPassToPass) {
  Dice dice(17);
  for (const std::int64_t pes : {2, 64}) {
    for (const std::int64_t percent : {1, 4, 30, 80}) expect_reads(dice, pes, percent);
  }
}

INSTANTIATE_TEST_SUITE_P(All, CscLanes, every_vector_instruction_set(), name_of_instruction_set);

}  // namespace
}  // namespace lacuna::test
