// SPDX-License-Identifier: Apache-2.0
#include "analysis/pareto.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <ctime>
#include <limits>
#include <random>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

constexpr Better kMin = Better::less;
constexpr Better kMax = Better::more;

/// The definition, point against point.
std::vector<std::size_t> by_definition(const ParetoProblem& problem) {
  const std::size_t figures = problem.goals.size();
  const auto dominates = [&](std::size_t a, std::size_t b) {
    bool better = false;
    for (std::size_t i = 0; i < figures; ++i) {
      const double sign = problem.goals[i] == kMin ? 1.0 : -1.0;
      const double difference = sign * (problem.values[a * figures + i] - problem.values[b * figures + i]);
      if (difference > 0.0) return false;
      better = better || difference < 0.0;
    }
    return better;
  };
  std::vector<std::size_t> front;
  for (std::size_t b = 0; b < problem.points(); ++b) {
    bool dominated = false;
    for (std::size_t a = 0; a < problem.points() && !dominated; ++a) dominated = dominates(a, b);
    if (!dominated) front.push_back(b);
  }
  return front;
}

/// Points whose figures are among `levels` values, so that many are equal.
ParetoProblem random_problem(std::mt19937& random, std::size_t points, std::size_t figures, std::uint32_t levels) {
  ParetoProblem problem;
  for (std::size_t i = 0; i < figures; ++i) problem.goals.push_back(random() % 2 == 0 ? kMin : kMax);
  for (std::size_t i = 0; i < points * figures; ++i) problem.values.push_back(static_cast<double>(random() % levels));
  return problem;
}

TEST(Pareto, TheFrontIsTheOneOfTheDefinition) {
  std::mt19937 random(1);
  for (std::size_t figures = 1; figures <= 6; ++figures) {
    for (int round = 0; round < 150; ++round) {
      const std::uint32_t levels = round % 3 == 0 ? 3 : round % 3 == 1 ? 12 : 100000;
      const ParetoProblem problem = random_problem(random, random() % 60, figures, levels);
      ASSERT_EQ(pareto_front(problem), by_definition(problem)) << figures << " figures, round " << round;
    }
  }
}

TEST(Pareto, LessEnergyAndMoreThroughputAreBothGood) {
  // Energy, images/s: the third is worse than the first in both, the fourth better in one.
  EXPECT_EQ(pareto_front({{kMin, kMax}, {5, 100, 7, 120, 6, 90, 4, 80}}), (std::vector<std::size_t>{0, 1, 3}));
}

TEST(Pareto, PointsThatAreEqualAreOnTheFrontTogether) {
  EXPECT_EQ(pareto_front({{kMin, kMin}, {1, 2, 1, 2, 1, 3}}), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(pareto_front({{kMin}, {2, 1, 1, 3}}), (std::vector<std::size_t>{1, 2}));
}

TEST(Pareto, NoPointsHaveNoFront) {
  EXPECT_TRUE(pareto_front({{kMin, kMax}, {}}).empty());
  EXPECT_TRUE(pareto_front({{}, {}}).empty());
}

TEST(Pareto, InfinityIsWorseThanAnyNumber) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const std::size_t figures : {2U, 3U, 4U, 5U}) {
    ParetoProblem problem{std::vector<Better>(figures, kMin), std::vector<double>(2 * figures, 1.0)};
    problem.values[0] = infinity;
    EXPECT_EQ(pareto_front(problem), std::vector<std::size_t>{1}) << figures;
    problem.values.assign(2 * figures, infinity);
    EXPECT_EQ(pareto_front(problem), (std::vector<std::size_t>{0, 1})) << figures;
  }
}

TEST(Pareto, RefusesWhatIsNotANumberAndFiguresOfNoPoint) {
  EXPECT_EQ(error_of([] { pareto_front({{kMin, kMin}, {1, 2, 3, std::nan("")}}); }), "pareto: point 1: not a number");
  EXPECT_EQ(error_of([] {
              pareto_front({{kMin, kMin}, {1, 2, 3}});
            }),
            "pareto: found 3 figures; allowed a multiple of 2");
}

/// User time of the front of n points that are all on it: the case that is worst for comparing point by point.
double seconds_of(std::size_t points, std::size_t figures) {
  std::mt19937 random(2);
  ParetoProblem problem{std::vector<Better>(figures, kMin), {}};
  for (std::size_t i = 0; i < points; ++i) {
    double rest = 0.0;
    for (std::size_t k = 0; k + 1 < figures; ++k) {
      problem.values.push_back(static_cast<double>(random()));
      rest -= problem.values.back();
    }
    problem.values.push_back(rest);
  }
  const std::clock_t start = std::clock();
  EXPECT_EQ(pareto_front(problem).size(), points);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

TEST(Pareto, TheFrontOfManyPointsTakesLittleMoreThanTheirNumber) {
  // n log^2 n grows by 16 x (14.3 / 10.3)^2 = 31 at most from 1,250 to 20,000 points; n^2 would grow by 256.
  for (const std::size_t figures : {2U, 3U, 4U}) {
    const double few = seconds_of(1250, figures) + seconds_of(1250, figures) + seconds_of(1250, figures);
    EXPECT_LT(seconds_of(20000, figures), 100.0 * (few / 3.0 + 1e-4)) << figures;
  }
}

}  // namespace
}  // namespace lacuna
