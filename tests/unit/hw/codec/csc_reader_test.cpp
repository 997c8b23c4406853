// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/csc_reader.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using Values = std::vector<StoredWord>;

CscFormat one_pe() {
  CscFormat format = CscFormat::eie();
  format.pes = 1;
  return format;
}

CscMemory memory_of(const Values& matrix, std::int64_t columns) {
  return store_csc(one_pe(), encode_csc(one_pe(), matrix, columns).front());
}

std::int64_t read_column(CscReader& reader, std::int64_t column) {
  std::int64_t cycles = 0;
  for (reader.begin_column(column); reader.in_column(); ++cycles) reader.step();
  return cycles;
}

TEST(CscReader, ReadsAnEntryACycleAndSaysWhatItFetched) {
  Values column{0, 0, 1, 2};
  column.insert(column.end(), 18, 0);
  column.push_back(3);
  const CscFormat format = one_pe();
  const CscMemory memory = memory_of(column, 1);
  CscReader reader(format, memory, 23);
  reader.begin_column(0);
  const CscCycle first = reader.step();
  EXPECT_EQ(first.fetched_row, 0);
  EXPECT_EQ(first.row, 2);
  EXPECT_EQ(first.code, 1);
  const CscCycle second = reader.step();
  EXPECT_EQ(second.fetched_row, std::nullopt);  // in the row of the first
  EXPECT_EQ(second.row, 3);
  const CscCycle filler = reader.step();
  EXPECT_EQ(filler.row, std::nullopt);
  EXPECT_EQ(filler.code, 0);
  EXPECT_EQ(reader.step().row, 22);
  EXPECT_FALSE(reader.in_column());
  EXPECT_EQ(reader.reads().cycles, 4);
  EXPECT_EQ(reader.reads().entries, 4);
  EXPECT_EQ(reader.reads().fillers, 1);
}

TEST(CscReader, TakesACycleAndBothPointersForAnEmptyColumn) {
  const CscFormat format = one_pe();
  const CscMemory memory = memory_of({0, 4, 0, 5}, 2);  // 2 x 2, the first column empty
  CscReader reader(format, memory, 2);
  reader.begin_column(0);
  ASSERT_TRUE(reader.in_column());
  const CscCycle cycle = reader.step();
  EXPECT_FALSE(cycle.row || cycle.fetched_row);
  EXPECT_FALSE(reader.in_column());
  EXPECT_EQ(reader.reads().pointers, (std::array<std::int64_t, 2>{1, 1}));
  EXPECT_EQ(read_column(reader, 1), 2);
  EXPECT_EQ(reader.reads().pointers, (std::array<std::int64_t, 2>{2, 2}));  // 1 and 2: odd and even
  EXPECT_EQ(reader.reads().cycles, 3);
  EXPECT_EQ(reader.reads().entries, 2);
}

TEST(CscReader, KeepsTheRowReadLastFromColumnToColumn) {
  // 4 columns of 6 entries, 24 in 3 rows of 8: columns lie in rows 0 | 0 1 | 1 2 | 2.
  const CscFormat format = one_pe();
  const CscMemory memory = memory_of(Values(24, 1), 4);
  CscReader all(format, memory, 6);
  for (std::int64_t column = 0; column < 4; ++column) EXPECT_EQ(read_column(all, column), 6);
  EXPECT_EQ(all.reads().rows, 3);
  CscReader some(format, memory, 6);
  for (const std::int64_t column : {0, 3, 0}) read_column(some, column);  // rows 0, 2, 0
  EXPECT_EQ(some.reads().rows, 3);
  CscReader others(format, memory, 6);
  for (const std::int64_t column : {1, 2}) read_column(others, column);  // rows 0 1, 1 2
  EXPECT_EQ(others.reads().rows, 3);
}

TEST(CscReader, FetchesWithinTheBoundsOfItsColumns) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 200; ++trial) {
    const std::int64_t columns = 1 + static_cast<std::int64_t>(random() % 40);
    const std::int64_t rows = 1 + static_cast<std::int64_t>(random() % 60);
    const std::uint64_t density = random() % 101;
    Values matrix(static_cast<std::size_t>(rows * columns), 0);
    for (StoredWord& code : matrix) code = static_cast<StoredWord>(random() % 100 < density ? 1 + random() % 15 : 0);
    const CscFormat format = one_pe();
    const CscMemory memory = memory_of(matrix, columns);
    CscReader reader(format, memory, rows);
    std::int64_t cycles = 0;
    std::int64_t most_rows = 0;
    for (std::int64_t column = 0; column < columns; ++column) {
      const std::int64_t before = reader.reads().entries;
      cycles += read_column(reader, column);
      const std::int64_t entries = reader.reads().entries - before;
      most_rows += entries == 0 ? 0 : (entries + 7 + 7) / 8;
    }
    EXPECT_EQ(reader.reads().cycles, cycles);
    EXPECT_EQ(reader.reads().entries, count_csc_entries(format, matrix, columns).front());
    EXPECT_EQ(reader.reads().rows, (reader.reads().entries + 7) / 8);  // all columns in order: each row once
    EXPECT_LE(reader.reads().rows, most_rows);
    EXPECT_EQ(reader.reads().pointers, (std::array<std::int64_t, 2>{columns, columns}));
  }
}

TEST(CscReader, RefusesAColumnThatIsNotThere) {
  const CscFormat format = one_pe();
  const CscMemory memory = memory_of({1}, 1);
  CscReader reader(format, memory, 1);
  try {
    reader.begin_column(1);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_STREQ(error.what(), "corrupted csc: column 1 has no pointer 2");
  }
}

}  // namespace
}  // namespace lacuna
