// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/program.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace lacuna::test {
namespace {

template <std::size_t n>
using Items = std::vector<std::array<std::int64_t, n>>;

RowStationaryPass pass_of(std::int64_t ev, std::int64_t p, std::int64_t q, std::int64_t n, std::int64_t Ft) {
  RowStationaryPass pass;
  pass.ev = ev;
  pass.p = p;
  pass.q = q;
  pass.n = n;
  pass.Ft = Ft;
  return pass;
}

Items<3> filter_items(const RowStationaryGrid& grid, const RowStationaryPass& pass, std::int64_t lanes) {
  Items<3> items;
  FilterProgram program;
  for (program.begin(grid, pass, lanes); !program.done(); program.advance()) {
    items.push_back({program.ts, program.i, program.word});
  }
  return items;
}

/// image, step, then in the order that the bus has: outermost first.
Items<6> ifmap_items(const RowStationaryGrid& grid, const RowStationaryPass& pass, IfmapOrder order) {
  Items<6> items;
  IfmapProgram at;
  for (at.begin(grid, pass, order); !at.done(); at.advance()) {
    if (order == IfmapOrder::column_major) {
      items.push_back({at.image, at.step, at.column, at.channel, at.rr, at.row});
    } else {
      items.push_back({at.image, at.step, at.rr, at.row, at.column, at.channel});
    }
  }
  return items;
}

Items<5> psum_items(const RowStationaryGrid& grid, const RowStationaryPass& pass, const RowStationaryUnits& units,
                    std::int64_t* psums) {
  Items<5> items;
  PsumProgram at;
  *psums = 0;
  for (at.begin(grid, pass, units); !at.done(); at.advance()) {
    *psums += at.lanes();
    if (units.psum_order == PsumOrder::beat_major) {
      items.push_back({at.image, at.x, at.beat, at.ts, at.j});
    } else {
      items.push_back({at.image, at.x, at.ts, at.j, at.beat});
    }
  }
  return items;
}

TEST(FilterProgram, GoesBySetThenChainPositionThenBeatOfTheRow) {
  const RowStationaryGrid grid{2, 1, 1, 1, 2, 3};  // R S U r t e
  // Rows of p q S = 3 x 2 x 1 = 6 words: beats at word 0 (4 words) and 4 (2 words).
  EXPECT_EQ(filter_items(grid, pass_of(3, 3, 2, 1, 1), 4),
            Items<3>({{0, 0, 0}, {0, 0, 4}, {0, 1, 0}, {0, 1, 4}, {1, 0, 0}, {1, 0, 4}, {1, 1, 0}, {1, 1, 4}}));
}

TEST(FilterProgram, KnowsTheLastBeatOfARowAndOfThePass) {
  const RowStationaryGrid grid{2, 1, 1, 1, 1, 1};
  FilterProgram program;
  program.begin(grid, pass_of(1, 5, 1, 1, 1), 4);  // 2 rows of 5 words
  std::vector<bool> last_of_row;
  std::vector<bool> last_of_pass;
  for (; !program.done(); program.advance()) {
    last_of_row.push_back(program.last_of_row());
    last_of_pass.push_back(program.last_of_pass());
  }
  EXPECT_EQ(last_of_row, std::vector<bool>({false, true, false, true}));
  EXPECT_EQ(last_of_pass, std::vector<bool>({false, false, false, true}));
}

TEST(IfmapProgram, ColumnMajorSendsAColumnOfAllRowsAndThenOnlyTheNewColumnsOfAWindow) {
  const RowStationaryGrid grid{2, 2, 1, 1, 1, 2};
  // ev = 2: rows (2 - 1) 1 + 2 = 3; step 0 brings columns 0 and 1, step 1 column 2.
  EXPECT_EQ(ifmap_items(grid, pass_of(2, 1, 1, 1, 2), IfmapOrder::column_major), Items<6>({{0, 0, 0, 0, 0, 0},
                                                                                           {0, 0, 0, 0, 0, 1},
                                                                                           {0, 0, 0, 0, 0, 2},
                                                                                           {0, 0, 1, 0, 0, 0},
                                                                                           {0, 0, 1, 0, 0, 1},
                                                                                           {0, 0, 1, 0, 0, 2},
                                                                                           {0, 1, 2, 0, 0, 0},
                                                                                           {0, 1, 2, 0, 0, 1},
                                                                                           {0, 1, 2, 0, 0, 2}}));
}

TEST(IfmapProgram, RowMajorSendsARowsWordsOfTheStepTogether) {
  const RowStationaryGrid grid{1, 2, 2, 1, 1, 1};
  // One row, 2 channels, stride 2: step 0 brings columns 0 and 1, step 1 columns 2 and 3, channel fastest.
  EXPECT_EQ(ifmap_items(grid, pass_of(1, 1, 2, 1, 2), IfmapOrder::row_major), Items<6>({{0, 0, 0, 0, 0, 0},
                                                                                        {0, 0, 0, 0, 0, 1},
                                                                                        {0, 0, 0, 0, 1, 0},
                                                                                        {0, 0, 0, 0, 1, 1},
                                                                                        {0, 1, 0, 0, 2, 0},
                                                                                        {0, 1, 0, 0, 2, 1},
                                                                                        {0, 1, 0, 0, 3, 0},
                                                                                        {0, 1, 0, 0, 3, 1}}));
}

TEST(IfmapProgram, LeavesOutColumnsAndRowsThatNoWindowReads) {
  const RowStationaryGrid grid{1, 1, 2, 1, 1, 2};  // 1 x 1, U = 2
  // Of the rows 0 1 2 of two ofmap rows the second, and of the columns 0 1 2 of two windows the second.
  EXPECT_EQ(ifmap_items(grid, pass_of(2, 1, 1, 1, 2), IfmapOrder::column_major),
            Items<6>({{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 2}, {0, 1, 2, 0, 0, 0}, {0, 1, 2, 0, 0, 2}}));
}

TEST(IfmapProgram, SendsTheColumnsBetweenTheTapsOfADilatedWindowAndLeavesOutRowsBetween) {
  const RowStationaryGrid grid{2, 2, 1, 1, 1, 1, 2};  // 2 x 2, D = 2: rows 0 and 2, columns 0 and 2, then 1 and 3
  EXPECT_EQ(ifmap_items(grid, pass_of(1, 1, 1, 1, 2), IfmapOrder::column_major), Items<6>({{0, 0, 0, 0, 0, 0},
                                                                                           {0, 0, 0, 0, 0, 2},
                                                                                           {0, 0, 1, 0, 0, 0},
                                                                                           {0, 0, 1, 0, 0, 2},
                                                                                           {0, 0, 2, 0, 0, 0},
                                                                                           {0, 0, 2, 0, 0, 2},
                                                                                           {0, 1, 3, 0, 0, 0},
                                                                                           {0, 1, 3, 0, 0, 2}}));
}

TEST(PsumProgram, BeatMajorServesEveryColumnBeforeTheNextBeatAndColumnMajorEveryBeatFirst) {
  const RowStationaryGrid grid{1, 1, 1, 1, 2, 2};
  RowStationaryUnits units;
  std::int64_t psums = 0;
  const RowStationaryPass pass = pass_of(1, 5, 1, 1, 1);  // column 1 of each set sits out; beats of 4 and 1 psums
  EXPECT_EQ(psum_items(grid, pass, units, &psums),
            Items<5>({{0, 0, 0, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 1, 0, 0}, {0, 0, 1, 1, 0}}));
  EXPECT_EQ(psums, 10);  // p t ev Ft n = 5 x 2: the last beat of a window is partial
  units.psum_order = PsumOrder::column_major;
  EXPECT_EQ(psum_items(grid, pass, units, &psums),
            Items<5>({{0, 0, 0, 0, 0}, {0, 0, 0, 0, 1}, {0, 0, 1, 0, 0}, {0, 0, 1, 0, 1}}));
}

/// Strictly increasing items, as many as there are in the box, are the nested loops over the box.
template <std::size_t n>
void expect_increasing(const Items<n>& items) {
  for (std::size_t k = 1; k < items.size(); ++k) ASSERT_LT(items[k - 1], items[k]) << "item " << k;
}

/// Rows of a strip that some filter row of some ofmap row meets, one by one.
std::int64_t taken_rows(const RowStationaryGrid& grid, std::int64_t ev) {
  std::int64_t taken = 0;
  for (std::int64_t row = 0; row < grid.rows(ev); ++row) {
    bool met = false;
    for (std::int64_t j = 0; j < ev; ++j) {
      for (std::int64_t i = 0; i < grid.R; ++i) met = met || row == j * grid.U + i * grid.D;
    }
    taken += met ? 1 : 0;
  }
  return taken;
}

TEST(Programs, OfRandomPassesAreInOrderAndAsLongAsTheClosedForms) {
  std::mt19937_64 random(1);
  const auto draw = [&random](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  for (int round = 0; round < 300; ++round) {
    const std::int64_t S = draw(1, 4);
    const std::int64_t D = draw(1, 3);
    const std::int64_t U = draw(1, 5);
    const RowStationaryGrid grid{draw(1, 4), S, U, draw(1, 3), draw(1, 3), draw(1, 4), D};
    const RowStationaryPass pass = pass_of(draw(1, grid.e), draw(1, 9), draw(1, 3), draw(1, 2), draw(1, 4));
    RowStationaryUnits units;
    units.psum_lanes = draw(1, 5);
    units.filter_lanes = draw(1, 5);
    for (const bool major : {false, true}) {
      units.psum_order = major ? PsumOrder::beat_major : PsumOrder::column_major;
      const IfmapOrder order = major ? IfmapOrder::column_major : IfmapOrder::row_major;
      const auto filters = filter_items(grid, pass, units.filter_lanes);
      expect_increasing(filters);
      const std::int64_t row_beats = (pass.p * pass.q * S + units.filter_lanes - 1) / units.filter_lanes;
      ASSERT_EQ(static_cast<std::int64_t>(filters.size()), grid.t * grid.R * grid.r * row_beats);  // F
      const auto ifmaps = ifmap_items(grid, pass, order);
      expect_increasing(ifmaps);
      const std::int64_t rows = taken_rows(grid, pass.ev);
      const std::int64_t width = D * (S - 1) + 1 + (pass.Ft - 1) * std::min(U, D * (S - 1) + 1);
      ASSERT_EQ(grid.sent_rows(pass.ev), rows);
      const std::int64_t words = rows * width * pass.q * grid.r * pass.n;  // rows W q r n
      ASSERT_EQ(static_cast<std::int64_t>(ifmaps.size()), words);
      std::int64_t psums = 0;
      const auto beats = psum_items(grid, pass, units, &psums);
      expect_increasing(beats);
      const std::int64_t window_beats = (pass.p + units.psum_lanes - 1) / units.psum_lanes;
      ASSERT_EQ(static_cast<std::int64_t>(beats.size()), pass.n * pass.Ft * window_beats * grid.t * pass.ev);
      ASSERT_EQ(psums, pass.n * pass.Ft * pass.p * grid.t * pass.ev);
    }
  }
}

}  // namespace
}  // namespace lacuna::test
