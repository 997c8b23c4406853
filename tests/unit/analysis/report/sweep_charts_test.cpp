// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/report/axis_effect.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/scatter_svg.hpp"
#include "analysis/report/sweep_page.hpp"
#include "analysis/report/sweep_rows.hpp"
#include "analysis/report/sweep_tables.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

SweepDocument sweep_of(const SweepFixture& fixture) {
  const ScratchFolder scratch;
  make_sweep_database(scratch.path("results.db"), fixture);
  return sweep_document(scratch.path("results.db"), {});
}

nlohmann::json spec_of(const std::string& name, const SweepDocument& sweep) {
  return nlohmann::json::parse(Registry<SweepChart>::instance().find(name)->draw(sweep).spec);
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(SweepDocument, ShowsAllOfFewPoints) {
  const SweepDocument sweep = sweep_of({5, 4});
  EXPECT_EQ(sweep.shown.size(), 40U);
  EXPECT_EQ(shown_text(sweep), "All 40 results are shown.");
}

TEST(SweepDocument, ShowsTheWholeFrontOfManyPointsAndASampleOfTheOthers) {
  const SweepDocument sweep = sweep_of({40, 30});
  ASSERT_EQ(sweep.points.size(), 2400U);
  EXPECT_EQ(sweep.shown.size(), kMostPointsShown);
  for (const std::size_t row : sweep.front) {
    EXPECT_TRUE(std::binary_search(sweep.shown.begin(), sweep.shown.end(), row)) << row;
  }
  EXPECT_EQ(shown_text(sweep), "2,000 of 2,400 results are shown: all " + std::to_string(sweep.front.size()) +
                                   " of the Pareto front and a sample of the others.");
}

TEST(SweepDocument, ASampleIsAlwaysTheSameAndHasNoRowTwice) {
  const std::vector<std::size_t> rows = sample_rows(100, 5000, {7, 8, 4999});
  EXPECT_EQ(rows, sample_rows(100, 5000, {7, 8, 4999}));
  EXPECT_EQ(std::set<std::size_t>(rows.begin(), rows.end()).size(), 100U);
  EXPECT_FALSE(std::binary_search(rows.begin(), rows.end(), 7));
  // Spread like draws without a pattern: of each fifth of the rows, 20 with a deviation of 4.
  for (std::size_t fifth = 0; fifth < 5; ++fifth) {
    const auto in_fifth = std::count_if(rows.begin(), rows.end(), [&](std::size_t row) { return row / 1000 == fifth; });
    EXPECT_NEAR(static_cast<double>(in_fifth), 20.0, 14.0) << fifth;
  }
  EXPECT_EQ(sample_rows(10, 4, {1}), (std::vector<std::size_t>{0, 2, 3}));
}

TEST(SweepDocument, KnowsTheEndsOfAFiguresRange) {
  EXPECT_EQ(low_of("energy_total_pj"), "energy_total_low_pj");
  EXPECT_EQ(high_of("area_mm2"), "area_high_mm2");
  const SweepDocument sweep = sweep_of({2, 2});
  std::vector<std::string> names;
  for (const SweepColumn& figure : sweep.points.figures) names.push_back(figure.name);
  EXPECT_EQ(names, (std::vector<std::string>{"energy_total_pj", "images_per_second", "energy_total_low_pj",
                                             "energy_total_high_pj"}));
}

TEST(SweepCharts, PointsAreThoseOfTheDatabaseAndTheFrontComesLast) {
  const SweepDocument sweep = sweep_of({12, 9});
  const nlohmann::json points = spec_of("pareto_front", sweep).at("datasets").at("points");
  ASSERT_EQ(points.size(), 216U);
  std::size_t front = 0;
  for (const nlohmann::json& point : points) {
    const int rows = point.at("rows");
    const bool gated = point.at("gate_on") == "activation";
    EXPECT_EQ(point.at("energy_total_pj"), fixture_energy_pj(rows, point.at("columns"), gated));
    if (point.at("_front") == "Pareto front") ++front;
    EXPECT_EQ(point.at("_front") == "Pareto front", front > 0);
  }
  EXPECT_EQ(front, sweep.front.size());
}

TEST(SweepCharts, LinesGoFromFootToHeadOfEveryAxis) {
  const nlohmann::json points = spec_of("pareto_front", sweep_of({5, 4})).at("datasets").at("points");
  std::vector<std::set<double>> places(5);  // three axes, two objectives
  for (const nlohmann::json& point : points) {
    ASSERT_EQ(point.at("_places").size(), places.size());
    EXPECT_EQ(point.at("_places").at(0), (point.at("rows").get<double>() - 1.0) / 4.0);
    for (std::size_t i = 0; i < places.size(); ++i) places[i].insert(point.at("_places").at(i).get<double>());
  }
  for (const std::set<double>& values : places) {
    EXPECT_EQ(*values.begin(), 0.0);
    EXPECT_EQ(*values.rbegin(), 1.0);
  }
}

TEST(SweepCharts, ASweepOfThreeObjectivesHasEveryPair) {
  SweepDocument sweep = sweep_of({3, 3});
  sweep.about.objectives.push_back({"energy_total_high_pj", Better::less});
  EXPECT_EQ(spec_of("pareto_front", sweep).at("vconcat").at(0).at("concat").size(), 3U);
}

TEST(SweepCharts, WithoutResultsNothingIsDrawnAndThePageSaysWhy) {
  const SweepDocument sweep = sweep_of({2, 2, 0, 8});
  for (const DrawnChart& chart : draw_all(sweep)) {
    EXPECT_EQ(chart.content.spec, "") << chart.name;
    EXPECT_EQ(chart.content.caption, "Not drawn: no point has a result yet.") << chart.name;
  }
  const Page page = sweep_page(sweep);
  EXPECT_NE(std::find(page.notices.begin(), page.notices.end(),
                      "Not finished: 8 of 8 points have not run; lacuna sweep goes on where it stopped."),
            page.notices.end());
}

TEST(SweepCharts, TheDrawingHasEveryPointThatIsShown) {
  const SweepDocument sweep = sweep_of({5, 4});
  const std::string svg = Registry<SweepChart>::instance().find("pareto_front")->draw(sweep).svg;
  EXPECT_EQ(count_of(svg, "<title>point "), 40U);
  const Scatter scatter{"t", "x", "y", {{1, 2, true, "a"}, {std::nan(""), 2, false, "b"}}};
  EXPECT_EQ(count_of(scatter_svg(scatter), "<circle"), 1U + 2U);  // the legend has two
}

TEST(AxisEffect, IsTakenOverAllPointsOfAValue) {
  const SweepColumn axis{"rows", {1, 2, 1, 2, 1, std::nan("")}, {}};
  const SweepColumn figure{"ms", {5, 9, 3, 8, 4, 1}, {}};
  const std::vector<AxisEffect> effects = axis_effect(axis, figure, 20);
  ASSERT_EQ(effects.size(), 2U);
  EXPECT_EQ(effects[0].value, "1");
  EXPECT_EQ(effects[0].points, 3U);
  EXPECT_EQ(effects[0].low, 3.0);
  EXPECT_EQ(effects[0].median, 4.0);
  EXPECT_EQ(effects[0].high, 5.0);
  EXPECT_EQ(effects[1].median, 8.0);
}

TEST(AxisEffect, OfManyNumbersIsTakenOverStretches) {
  SweepColumn axis{"clock", {}, {}};
  SweepColumn figure{"ms", {}, {}};
  for (int i = 0; i <= 100; ++i) {
    axis.numbers.push_back(i);
    figure.numbers.push_back(-i);
  }
  const std::vector<AxisEffect> effects = axis_effect(axis, figure, 4);
  ASSERT_EQ(effects.size(), 4U);
  EXPECT_EQ(effects[1].value, "25 to 50");
  EXPECT_EQ(effects[1].start, "25");
  EXPECT_EQ(effects[1].points, 25U);
  EXPECT_EQ(effects[3].points, 26U);  // the last value belongs to the last stretch
  EXPECT_EQ(effects[3].low, -100.0);
}

TEST(SweepTables, TheFrontHasTheCommandOfEachPoint) {
  const SweepDocument sweep = sweep_of({12, 9});
  const HtmlTable table = front_table(sweep);
  ASSERT_EQ(table.rows.size(), sweep.front.size());
  EXPECT_EQ(table.points[0], std::to_string(sweep.points.positions[sweep.front[0]]));
  EXPECT_EQ(table.columns.back().title, "command");
  EXPECT_EQ(table.rows[0].back().text, sweep.commands.at(sweep.points.ids[sweep.front[0]]));
}

TEST(SweepTables, APointThatOtherPricesBeatIsMarked) {
  SweepDocument sweep = sweep_of({12, 9});
  ASSERT_GE(sweep.front.size(), 2U);
  sweep.contested = {{sweep.front[1], "point 3 beats it for some prices"}};
  const HtmlTable table = front_table(sweep);
  EXPECT_EQ(table.columns[1].title, "within the ranges");
  EXPECT_EQ(table.rows[0][1].text, "holds");
  EXPECT_EQ(table.rows[1][1].text, "point 3 beats it for some prices");
}

TEST(SweepTables, PrecisionsAreASectionOfTheirOwnWhereASweepHasThem) {
  SweepDocument sweep = sweep_of({2, 2});
  const auto first_section = [&sweep] { return sweep_page(sweep).sections.front(); };
  EXPECT_EQ(first_section().id, "front");
  sweep.precisions = ReducedPrecision();
  sweep.precisions->table = {"precisions", "Precisions", {{"precision", "", false}, {"mJ", "Energy", true, 1}}, {}};
  sweep.precisions->table.rows = {{GridCell::of("<b>"), GridCell::of(2.25)}, {GridCell::of("c"), GridCell::of("-")}};
  sweep.precisions->remarks = {"1 < 2."};
  sweep.precisions->energy_by_layer = {{"precision_energy_0", "Energy", {{"precision", "", false}}, {}}};
  EXPECT_EQ(first_section().id, "precisions");
  const std::string html = first_section().html;
  EXPECT_NE(html.find("id=\"table_precisions\""), std::string::npos);
  EXPECT_NE(html.find("<td>&lt;b&gt;</td><td class=\"number\" data-key=\"2.25\">2.2</td>"), std::string::npos) << html;
  EXPECT_NE(html.find("<td class=\"number\">-</td>"), std::string::npos);
  EXPECT_NE(html.find("<p>1 &lt; 2.</p>"), std::string::npos);
  EXPECT_NE(html.find("id=\"table_precision_energy_0\""), std::string::npos);
}

TEST(SweepTables, FailuresAreCountedAndTheFirstOnesShown) {
  const std::string html = failures_html(sweep_of({12, 12, 130}));
  EXPECT_NE(html.find("The first 100 of 130 points without a result"), std::string::npos);
  EXPECT_NE(html.find("/chip/array: &lt;does&gt; not fit"), std::string::npos);
  EXPECT_EQ(failures_html(sweep_of({2, 2})), "<p>None.</p>\n");
}

}  // namespace
}  // namespace lacuna
