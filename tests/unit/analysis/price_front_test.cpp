// SPDX-License-Identifier: Apache-2.0
#include "analysis/price_front.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/pareto.hpp"
#include "tests/support/dice.hpp"

namespace lacuna {
namespace {

/// Points of one figure without prices and one of several models; each row: the fixed figure, then the ends.
struct Row {
  double fixed;
  std::vector<PriceEnds> ends;
};

PricedPoints points_of(const std::vector<Row>& rows) {
  PricedPoints points;
  points.points = rows.size();
  points.fixed_figures = 1;
  points.priced.emplace_back();
  points.priced[0].models = rows[0].ends.size();
  for (const Row& row : rows) {
    points.fixed.push_back(row.fixed);
    points.priced[0].ends.insert(points.priced[0].ends.end(), row.ends.begin(), row.ends.end());
  }
  return points;
}

double energy(const Row& row, const std::vector<int>& ends) {
  double sum = 0.0;
  for (std::size_t model = 0; model < row.ends.size(); ++model) {
    const PriceEnds& of = row.ends[model];
    sum += ends[model] == 0 ? of.low : ends[model] == 1 ? of.stated : of.high;
  }
  return sum;
}

/// The front where every model is at one of its ends.
std::vector<std::size_t> front_at(const std::vector<Row>& rows, const std::vector<int>& ends) {
  ParetoProblem problem;
  problem.goals = {Better::less, Better::less};
  for (const Row& row : rows) {
    problem.values.push_back(row.fixed);
    problem.values.push_back(energy(row, ends));
  }
  return pareto_front(problem);
}

std::vector<PricedStanding> standings_of(const std::vector<Row>& rows) {
  return priced_standings(points_of(rows), front_at(rows, std::vector<int>(rows[0].ends.size(), 1)));
}

TEST(PricedStandings, OfAPointThatAnotherSourceOfPricesCanTurnIsContested) {
  // Equally fast. A takes 10 of one source, 8 to 12; B takes 11 of another one, 9 to 14: B is ahead at 9 against 12.
  const auto s = standings_of({{1, {{8, 10, 12}, {0, 0, 0}}}, {1, {{0, 0, 0}, {9, 11, 14}}}});
  EXPECT_EQ(s[0].standing, Standing::contested);
  EXPECT_EQ(s[0].beaten_by, 1U);
  EXPECT_EQ(s[1].standing, Standing::possible);
}

TEST(PricedStandings, PricesOfOneSourceMoveTogetherAndTurnNothing) {
  // The same ranges in percent, of one source: B always takes a tenth more.
  const auto s = standings_of({{1, {{8, 10, 12}}}, {1, {{8.8, 11, 13.2}}}});
  EXPECT_EQ(s[0].standing, Standing::holds);
  EXPECT_EQ(s[1].standing, Standing::dominated);
}

TEST(PricedStandings, WhatPointsHaveInCommonCancels) {
  // Both take 100 of a source that is known to a factor of 4; A takes 1 and B 2 of one that is known well.
  const auto s = standings_of({{1, {{50, 100, 200}, {0.9, 1, 1.1}}}, {1, {{50, 100, 200}, {1.8, 2, 2.2}}}});
  EXPECT_EQ(s[0].standing, Standing::holds);
  EXPECT_EQ(s[1].standing, Standing::dominated);
}

TEST(PricedStandings, NoPricesMakeUpForAnotherFigure) {
  // B is slower, and can take less energy: both are on the front at some prices. C is slower than A, never takes less.
  const auto s =
      standings_of({{1, {{8, 10, 12}, {0, 0, 0}}}, {2, {{0, 0, 0}, {9, 11, 14}}}, {2, {{9, 11, 13}, {0, 0, 0}}}});
  EXPECT_EQ(s[0].standing, Standing::holds) << "the fastest one is not dominated, whatever it takes";
  EXPECT_EQ(s[1].standing, Standing::possible);
  EXPECT_EQ(s[2].standing, Standing::dominated);
}

TEST(PricedStandings, ARangeOnOneSideCountsTheStatedPrice) {
  // 10 is the least that A can take: B at its stated 11 is behind, at its low end of 10.5 too.
  const auto s = standings_of({{1, {{10, 10, 10}, {0, 0, 0}}}, {1, {{0, 0, 0}, {10.5, 11, 11}}}});
  EXPECT_EQ(s[0].standing, Standing::holds);
  EXPECT_EQ(s[1].standing, Standing::dominated);
}

TEST(PricedStandings, PointsThatAreEqualDoNotBeatEachOther) {
  const auto s = standings_of({{1, {{8, 10, 12}}}, {1, {{8, 10, 12}}}});
  EXPECT_EQ(s[0].standing, Standing::holds);
  EXPECT_EQ(s[1].standing, Standing::holds);
}

TEST(PricedStandings, APointThatTwoRivalsBeatBetweenThemIsOpen) {
  // One price t of 1, 2 or 3. The point takes 10 + t, one rival 7.5 + 2 t (ahead up to t = 2), the other 11.5 (ahead
  // from t = 2 on): neither beats it at all prices, one of them does at each.
  const auto s = standings_of(
      {{1, {{10, 10, 10}, {1, 2, 3}}}, {1, {{7.5, 7.5, 7.5}, {2, 4, 6}}}, {1, {{11.5, 11.5, 11.5}, {0, 0, 0}}}});
  EXPECT_EQ(s[0].standing, Standing::open);
}

TEST(PricedStandings, NameTheRivalThatCanBeFurthestAhead) {
  const auto s = standings_of({{1, {{8, 10, 12}, {0, 0, 0}, {0, 0, 0}}},
                               {1, {{0, 0, 0}, {9, 11, 14}, {0, 0, 0}}},
                               {1, {{0, 0, 0}, {0, 0, 0}, {5, 13, 14}}}});
  EXPECT_EQ(s[0].beaten_by, 2U);
}

TEST(PricedStandings, WithoutPricesAreThoseOfThePlainFront) {
  PricedPoints points;
  points.points = 2;
  points.fixed_figures = 1;
  points.fixed = {1.0, 2.0};
  const auto s = priced_standings(points, {0});
  EXPECT_EQ(s[0].standing, Standing::holds);
  EXPECT_EQ(s[1].standing, Standing::dominated);
}

/// Whether the place is in the front, at each choice of ends of three models.
std::vector<bool> on_front_at_all_ends(const std::vector<Row>& rows, std::size_t place) {
  std::vector<bool> on;
  for (int choice = 0; choice < 27; ++choice) {
    const auto front = front_at(rows, {choice % 3, choice / 3 % 3, choice / 9});
    on.push_back(std::find(front.begin(), front.end(), place) != front.end());
  }
  return on;
}

TEST(PricedStandings, AreThoseOfTryingAllEndsOfAllPrices) {
  std::int64_t possible = 0;
  std::int64_t missed = 0;
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    test::Dice dice(seed);
    std::vector<Row> rows(8);
    for (Row& row : rows) {  // whole numbers, so that sums are exact
      row.fixed = static_cast<double>(dice.draw(1, 3));
      for (int model = 0; model < 3; ++model) {
        const std::int64_t low = dice.draw(0, 20);
        const std::int64_t stated = low + dice.draw(0, 6);
        row.ends.push_back(
            {static_cast<double>(low), static_cast<double>(stated), static_cast<double>(stated + dice.draw(0, 6))});
      }
    }
    const auto standings = standings_of(rows);
    for (std::size_t place = 0; place < rows.size(); ++place) {
      const std::vector<bool> on = on_front_at_all_ends(rows, place);
      const bool always = std::count(on.begin(), on.end(), false) == 0;
      const bool sometimes = std::count(on.begin(), on.end(), true) > 0;
      const bool stated = on[13];
      const Standing standing = standings[place].standing;
      const bool on_front = standing == Standing::holds || standing == Standing::contested;
      ASSERT_EQ(on_front, stated) << seed;
      if (stated) {
        ASSERT_EQ(standing == Standing::holds, always) << "seed " << seed << ", point " << place;
      } else if (standing == Standing::possible) {
        ASSERT_TRUE(sometimes) << "seed " << seed << ", point " << place;
      } else if (standing == Standing::dominated) {
        ASSERT_FALSE(sometimes) << "seed " << seed << ", point " << place;
      }
      possible += !stated && sometimes ? 1 : 0;
      missed += !stated && sometimes && standing == Standing::open ? 1 : 0;
    }
  }
  EXPECT_GT(possible, 300);
  EXPECT_LE(100 * missed, possible) << "the search misses some";
}

}  // namespace
}  // namespace lacuna
