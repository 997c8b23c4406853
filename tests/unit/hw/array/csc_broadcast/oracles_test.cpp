// SPDX-License-Identifier: Apache-2.0
// What the cycles of queues behind one broadcast must be whatever the matrix is.
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/base/error.hpp"
#include "hw/base/layer_shape.hpp"
#include "tests/support/csc_columns_case.hpp"
#include "tests/support/dice.hpp"

namespace lacuna::test {
namespace {

/// A random matrix and the columns of the activations that are not zero.
struct Draw {
  CscBroadcastConfig array;
  std::int64_t columns = 1;
  std::vector<StoredWord> matrix;
  std::vector<std::int32_t> broadcasts;
};

Draw draw(std::int64_t seed) {
  Dice dice(seed);
  Draw result;
  result.array.pe_count = dice.draw(1, 40);
  result.array.run_bits = dice.draw(1, 4);
  result.columns = dice.draw(1, 60);
  const std::int64_t rows = dice.draw(1, dice.one_in(8) ? 30000 / result.columns : 400);  // also past 254 rows of a PE
  const std::int64_t percent = dice.pick<std::int64_t>({0, 5, 10, 30, 60, 100});
  for (std::int64_t i = 0; i < rows * result.columns; ++i) {
    result.matrix.push_back(dice.draw(1, 100) <= percent ? StoredWord{3} : StoredWord{0});
  }
  for (std::int32_t column = 0; column < result.columns; ++column) {
    if (dice.flip()) result.broadcasts.push_back(column);
  }
  return result;
}

std::int64_t busy(const Draw& d, std::int64_t depth) {
  CscBroadcastConfig array = d.array;
  array.queue_depth = depth;
  return CscColumnsCase(array, d.matrix, d.columns).serve(d.broadcasts).busy;
}

/// Edges of service of a PE for one column.
std::int64_t service(const CscColumns& columns, std::int32_t column, std::int64_t pe) {
  return std::max<std::int64_t>(1, columns.at(CscField::entries, column, pe));
}

constexpr std::int64_t kDraws = 300;

TEST(CscOracles, AQueueOfOneWaitsForTheSlowestPeAtEveryBroadcastAndALongOneForTheBusiestPeAlone) {
  for (std::int64_t seed = 0; seed < kDraws; ++seed) {
    const Draw d = draw(seed);
    const CscColumnsCase machine(d.array, d.matrix, d.columns);
    std::int64_t of_slowest = 0;
    std::vector<std::int64_t> of_pe(static_cast<std::size_t>(d.array.pe_count), 0);
    for (const std::int32_t column : d.broadcasts) {
      std::int64_t most = 0;
      for (std::int64_t pe = 0; pe < d.array.pe_count; ++pe) {
        const std::int64_t edges = service(machine.columns(), column, pe);
        most = std::max(most, edges);
        of_pe[static_cast<std::size_t>(pe)] += edges;
      }
      of_slowest += 1 + most;
    }
    const std::int64_t busiest = d.broadcasts.empty() ? 0 : 1 + *std::max_element(of_pe.begin(), of_pe.end());
    ASSERT_EQ(busy(d, 1), of_slowest) << seed;
    ASSERT_EQ(busy(d, d.columns), busiest) << seed;
    std::int64_t before = of_slowest;
    for (const std::int64_t depth : {2, 3, 4, 8, 16}) {
      const std::int64_t cycles = busy(d, depth);
      ASSERT_LE(cycles, before) << seed << ": a longer queue takes longer";
      ASSERT_GE(cycles, busiest) << seed;
      before = cycles;
    }
  }
}

TEST(CscOracles, AZeroMoreInTheMatrixNeverTakesLonger) {
  for (std::int64_t seed = 0; seed < kDraws; ++seed) {
    Draw d = draw(seed);
    Dice dice(seed);
    for (const std::int64_t depth : {1, 2, 8}) {
      const std::int64_t before = busy(d, depth);
      Draw sparser = d;
      sparser.matrix[static_cast<std::size_t>(dice.draw(0, static_cast<std::int64_t>(d.matrix.size()) - 1))] = 0;
      ASSERT_LE(busy(sparser, depth), before) << seed;
    }
  }
}

TEST(CscOracles, ColumnsHaveTheEntriesAndRowsThatTheirEncoderGivesThem) {
  for (std::int64_t seed = 0; seed < kDraws; ++seed) {
    const Draw d = draw(seed);
    CscColumnsCase machine(d.array, d.matrix, d.columns);
    CscFormat format = CscFormat::eie();
    format.pes = d.array.pe_count;
    format.run_bits = d.array.run_bits;
    const std::vector<std::int64_t> entries = count_csc_entries(format, d.matrix, d.columns);
    ASSERT_EQ(machine.columns().entries(), entries) << seed;
    const CscPassCounts all = machine.serve(first_numbers(static_cast<std::size_t>(d.columns)));
    const std::int64_t per_row = format.entries_per_row();
    for (std::size_t pe = 0; pe < entries.size(); ++pe) {
      ASSERT_EQ(all.entries[pe], entries[pe]);
      ASSERT_EQ(all.row_reads[pe], ceil_div(entries[pe], per_row)) << "columns one behind the other";
    }
    // Of some columns: between their entries side by side, and each column's rows for itself.
    const CscPassCounts some = machine.serve(d.broadcasts);
    for (std::int64_t pe = 0; pe < d.array.pe_count; ++pe) {
      std::int64_t most = 0;
      for (const std::int32_t column : d.broadcasts) {
        const std::int64_t n = machine.columns().at(CscField::entries, column, pe);
        most += n == 0 ? 0 : ceil_div(n + per_row - 1, per_row);
      }
      const auto k = static_cast<std::size_t>(pe);
      ASSERT_GE(some.row_reads[k], ceil_div(some.entries[k], per_row));
      ASSERT_LE(some.row_reads[k], most);
    }
  }
}

TEST(CscOracles, KnownColumnsAreThoseOfTheSameOwnerAlone) {
  const auto words = std::make_shared<std::vector<StoredWord>>(64, StoredWord{1});
  const std::shared_ptr<const void> owner = words;
  CscFormat format = CscFormat::eie();
  format.pes = 2;
  const CscFilterTile tile{0, 8, 0, 8};
  const auto first = known_columns(format, tile, *words, 8, owner);
  EXPECT_EQ(known_columns(format, tile, *words, 8, owner), first);
  EXPECT_NE(known_columns(format, tile, *words, 8, {}), first) << "nobody says that they never change";
  EXPECT_NE(known_columns(format, {0, 8, 0, 4}, *words, 8, owner), first);
  format.run_bits = 3;
  EXPECT_NE(known_columns(format, tile, *words, 8, owner), first);
}

}  // namespace
}  // namespace lacuna::test
