// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/placement.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace lacuna::test {
namespace {

using Place = std::pair<std::int64_t, std::int64_t>;

Place at(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns, std::int64_t ts, std::int64_t i,
         std::int64_t j) {
  const PhysicalPe pe = place(grid, rows, columns)[static_cast<std::size_t>(grid.pe(ts, i, j))];
  return {pe.row, pe.column};
}

/// Every logical PE has a place of its own, inside the array.
void expect_valid(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns) {
  const std::vector<PhysicalPe> places = place(grid, rows, columns);
  ASSERT_EQ(static_cast<std::int64_t>(places.size()), grid.pes());
  std::set<Place> used;
  for (const PhysicalPe& pe : places) {
    ASSERT_TRUE(pe.row >= 0 && pe.row < rows && pe.column >= 0 && pe.column < columns)
        << pe.row << ", " << pe.column << " in " << rows << " x " << columns;
    ASSERT_TRUE(used.emplace(pe.row, pe.column).second) << "two PEs at " << pe.row << ", " << pe.column;
  }
}

// The mappings are those of JSSC 52(1), 2017, Table III, on 12 x 14 PEs; grids are R S U r t e.
const RowStationaryGrid kConv1{11, 11, 4, 1, 2, 7};
const RowStationaryGrid kConv2{5, 5, 1, 1, 1, 27};
const RowStationaryGrid kConv3{3, 3, 1, 1, 4, 13};
const RowStationaryGrid kConv4{3, 3, 1, 2, 2, 13};

TEST(Placement, Conv1OfAlexNetPutsTwoSetsOf11By7SideBySide) {
  EXPECT_EQ(kConv1.pes(), 154);  // 2 x 11 x 7
  expect_valid(kConv1, 12, 14);
  EXPECT_EQ(at(kConv1, 12, 14, 0, 0, 0), Place(0, 0));
  EXPECT_EQ(at(kConv1, 12, 14, 0, 10, 6), Place(10, 6));
  EXPECT_EQ(at(kConv1, 12, 14, 1, 0, 0), Place(0, 7));
  EXPECT_EQ(at(kConv1, 12, 14, 1, 10, 6), Place(10, 13));
  EXPECT_FALSE(fits(kConv1, 12, 13));  // 14 columns are needed, no second shelf of 11 rows
  EXPECT_FALSE(fits(kConv1, 10, 14));
}

TEST(Placement, Conv2OfAlexNetFoldsASetOf27ColumnsOntoTwoShelves) {
  EXPECT_EQ(kConv2.pes(), 135);  // 5 x 27
  expect_valid(kConv2, 12, 14);
  EXPECT_EQ(at(kConv2, 12, 14, 0, 0, 13), Place(0, 13));
  EXPECT_EQ(at(kConv2, 12, 14, 0, 0, 14), Place(5, 0));
  EXPECT_EQ(at(kConv2, 12, 14, 0, 4, 26), Place(9, 12));
  EXPECT_TRUE(fits({5, 5, 1, 1, 1, 28}, 12, 14));
  EXPECT_FALSE(fits({5, 5, 1, 1, 1, 29}, 12, 14));
}

TEST(Placement, Conv3OfAlexNetStacksFourSetsOf3By13) {
  EXPECT_EQ(kConv3.pes(), 156);  // 4 x 3 x 13
  expect_valid(kConv3, 12, 14);
  for (std::int64_t ts = 0; ts < 4; ++ts) EXPECT_EQ(at(kConv3, 12, 14, ts, 0, 0), Place(3 * ts, 0));
  EXPECT_EQ(at(kConv3, 12, 14, 3, 2, 12), Place(11, 12));
  EXPECT_FALSE(fits({3, 3, 1, 1, 5, 13}, 12, 14));  // 5 sets, 4 shelves, no room for a second set beside one
}

TEST(Placement, Conv4And5OfAlexNetStackTwoChainsOfTwoChannelGroups) {
  EXPECT_EQ(kConv4.pes(), 156);  // 2 x (3 x 2) x 13
  expect_valid(kConv4, 12, 14);
  EXPECT_EQ(at(kConv4, 12, 14, 1, 5, 12), Place(11, 12));
}

TEST(Placement, AChainTallerThanTheArrayTakesSeveralColumns) {
  const RowStationaryGrid grid{11, 11, 1, 2, 1, 7};  // chains of 22 on 12 rows: 2 columns each
  EXPECT_TRUE(fits(grid, 12, 14));
  expect_valid(grid, 12, 14);
  EXPECT_EQ(at(grid, 12, 14, 0, 11, 3), Place(11, 6));
  EXPECT_EQ(at(grid, 12, 14, 0, 12, 3), Place(0, 7));
  EXPECT_FALSE(fits(grid, 12, 13));
  EXPECT_FALSE(fits({25, 1, 1, 1, 1, 1}, 12, 2));  // 25 PEs, 24 places
  EXPECT_TRUE(fits({24, 1, 1, 1, 1, 1}, 12, 2));
}

TEST(Placement, EveryGridThatFitsHasAPlaceForEachPeAndNoneShared) {
  std::mt19937_64 random(2);
  const auto draw = [&random](std::int64_t high) {
    return 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high));
  };
  int fitting = 0;
  for (int round = 0; round < 4000; ++round) {
    const RowStationaryGrid grid{draw(5), 1, 1, draw(3), draw(4), draw(10)};
    const std::int64_t rows = draw(14);
    const std::int64_t columns = draw(14);
    if (grid.pes() > rows * columns) {
      ASSERT_FALSE(fits(grid, rows, columns));
    }
    if (!fits(grid, rows, columns)) continue;
    ++fitting;
    expect_valid(grid, rows, columns);
  }
  EXPECT_GT(fitting, 500);
}

}  // namespace
}  // namespace lacuna::test
