// SPDX-License-Identifier: Apache-2.0
#include "analysis/sweep_results.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cmath>

#include "analysis/sweep_sql.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

/// The error of opening a database after a statement has changed it, without the file's name.
std::string error_after(const std::string& statement) {
  const ScratchFolder scratch;
  const std::string file = scratch.path("results.db");
  make_sweep_database(file, {2, 2});
  change_database(file, statement);
  const std::string message = error_of([&] { SweepResults(file).points({"total_ms"}); });
  return message.substr(std::min(message.size(), file.size()));
}

TEST(SweepResults, TellWhatTheSweepAsksForAndHowItEnded) {
  const ScratchFolder scratch;
  make_sweep_database(scratch.path("results.db"), {6, 5, 7, 4});
  const SweepResults results(scratch.path("results.db"));
  const SweepAbout& about = results.about();
  EXPECT_EQ(about.name, "fixture");
  ASSERT_EQ(about.axes.size(), 3U);
  EXPECT_EQ(about.axes[0].name, "rows");
  EXPECT_EQ(about.axes[0].paths, std::vector<std::string>{"/chip/array/rows"});
  EXPECT_EQ(about.axes[0].unit, "PEs");
  ASSERT_EQ(about.objectives.size(), 2U);
  EXPECT_EQ(about.objectives[1].figure, "images_per_second");
  EXPECT_EQ(about.objectives[1].better, Better::more);
  EXPECT_EQ(about.planned, 60);
  EXPECT_EQ(about.missing, 4);
  EXPECT_EQ(about.ended, (std::map<std::string, std::int64_t>{{"ok", 49}, {"refused", 7}}));
  EXPECT_EQ(about.labels, (std::map<std::string, std::int64_t>{{"weights: synthetic (laplace, seed 1)", 49}}));
  ASSERT_EQ(about.programs.size(), 1U);
  EXPECT_EQ(about.programs.begin()->second, 56);
}

TEST(SweepResults, HoldAxesAndFiguresOfEveryResultInTheOrderOfThePlan) {
  const ScratchFolder scratch;
  make_sweep_database(scratch.path("results.db"), {3, 4});
  const SweepPoints points =
      SweepResults(scratch.path("results.db")).points({"energy_total_pj", "total_ms", "area_mm2"});
  ASSERT_EQ(points.size(), 24U);
  const std::size_t row = 2 * (4 * 1 + 2) + 1;  // rows 2, columns 3, gate_on none
  EXPECT_EQ(points.positions[row], static_cast<std::int64_t>(row));
  EXPECT_EQ(points.axes[0].numbers[row], 2.0);
  EXPECT_EQ(points.axes[1].text(row), "3");
  EXPECT_TRUE(points.axes[2].is_text());
  EXPECT_EQ(points.axes[2].text(row), "none");
  EXPECT_EQ(points.figure("energy_total_pj").numbers[row], fixture_energy_pj(2, 3, false));
  EXPECT_EQ(points.figure("total_ms").numbers[row], fixture_ms(2, 3));
  EXPECT_TRUE(std::isnan(points.figure("area_mm2").numbers[row]));  // the sample's prices state none
  EXPECT_TRUE(points.eligible[row]);
}

TEST(SweepResults, OnlyPointsThatMeetTheConstraintsAreEligible) {
  const ScratchFolder scratch;
  SweepFixture fixture{3, 3};
  fixture.constraint = "rows * columns < 6 AND total_ms > 0";
  make_sweep_database(scratch.path("results.db"), fixture);
  const SweepPoints points = SweepResults(scratch.path("results.db")).points({});
  for (std::size_t row = 0; row < points.size(); ++row) {
    EXPECT_EQ(points.eligible[row], points.axes[0].numbers[row] * points.axes[1].numbers[row] < 6.0) << row;
  }
}

TEST(SweepResults, TheirFrontIsTheDatabasesOwn) {
  const ScratchFolder scratch;
  SweepFixture fixture{12, 9, 3, 2};
  fixture.constraint = "rows <> 5";
  const std::string file = scratch.path("results.db");
  make_sweep_database(file, fixture);
  const SweepResults results(file);
  const SweepPoints points = results.points({"energy_total_pj", "images_per_second"});
  std::vector<std::int64_t> ours;
  for (const std::size_t row : pareto_rows(points, results.about().objectives)) ours.push_back(points.positions[row]);
  EXPECT_EQ(ours, front_of_database(file));
  EXPECT_GT(ours.size(), 2U);
}

TEST(SweepResults, FailuresHaveTheirAxesAndTheCommandThatRepeatsThem) {
  const ScratchFolder scratch;
  make_sweep_database(scratch.path("results.db"), {4, 4, 5});
  const std::vector<SweepFailure> failures = SweepResults(scratch.path("results.db")).failures(3);
  ASSERT_EQ(failures.size(), 3U);
  EXPECT_EQ(failures[0].position, 16);
  EXPECT_EQ(failures[0].axes, "rows=3, columns=1, gate_on=activation");
  EXPECT_EQ(failures[0].status, "refused");
  EXPECT_EQ(failures[0].error, "/chip/array: <does> not fit");
  EXPECT_NE(failures[0].command.find("--set /chip/array/rows=3"), std::string::npos) << failures[0].command;
}

TEST(SweepResults, CommandsAndSourcesAreThoseOfTheirPoints) {
  const ScratchFolder scratch;
  make_sweep_database(scratch.path("results.db"), {2, 2});
  const SweepResults results(scratch.path("results.db"));
  const SweepPoints points = results.points({});
  const std::map<std::int64_t, std::string> commands = results.commands({points.ids[6]});
  ASSERT_EQ(commands.size(), 1U);
  EXPECT_NE(commands.begin()->second.find("--set /chip/array/columns=2"), std::string::npos);
  double energy = 0.0;
  for (const SweepSource& source : results.sources({points.ids[6]})) energy += source.value_pj;
  EXPECT_DOUBLE_EQ(energy, fixture_energy_pj(2, 2, true));
  EXPECT_TRUE(results.commands({}).empty());
}

TEST(SweepResults, RefuseWhatIsNoDatabaseOfASweep) {
  const ScratchFolder scratch;
  const std::string text = scratch.write("text", "hello");
  EXPECT_EQ(error_of([&] { SweepResults results(text); }), text + ": is no database of a sweep");
  EXPECT_EQ(error_after("PRAGMA application_id = 12"),
            ": is no database of a sweep: application_id, found 12; allowed 1281450862");
  EXPECT_EQ(error_after("PRAGMA user_version = 9"), ": is of another version: user_version, found 9; allowed 3");
}

TEST(SweepResults, SayWhatToDoAboutAWriteAheadLogInAFolderThatCannotBeWrittenTo) {
  const std::string both =
      "a.db: has unfinished writes beside it (a.db-wal), which are readable only in a folder that can be written to; "
      "copy both files to one";
  EXPECT_EQ(opening_problem("a.db", SQLITE_CANTOPEN, "unable to open database file", true), both);
  EXPECT_EQ(opening_problem("a.db", SQLITE_READONLY_CANTINIT, "attempt to write a readonly database", true), both);
  EXPECT_EQ(opening_problem("a.db", SQLITE_READONLY, "attempt to write a readonly database", false),
            "a.db: is as a sweep leaves it that has not ended (WAL mode), which is readable only in a folder that can "
            "be written to; copy it to one");
  EXPECT_EQ(opening_problem("a.db", SQLITE_CANTOPEN, "unable to open database file", false),
            "a.db: cannot be read as the database of a sweep: unable to open database file");
  EXPECT_EQ(opening_problem("a.db", SQLITE_CORRUPT, "database disk image is malformed", true),
            "a.db: cannot be read as the database of a sweep: database disk image is malformed");
}

TEST(SweepResults, SayWhatOfADatabaseIsDamaged) {
  EXPECT_EQ(error_after("DELETE FROM meta WHERE key = 'mapping'"), ": meta: missing key 'mapping'");
  EXPECT_EQ(error_after("UPDATE meta SET value = '[' WHERE key = 'objectives'"), ": meta: objectives: is not JSON");
  EXPECT_EQ(error_after("UPDATE meta SET value = '[{\"figure\": \"x\", \"goal\": \"most\"}]' WHERE key = 'objectives'"),
            ": meta: objectives/0/goal: found 'most'; allowed min, max");
  EXPECT_EQ(error_after("UPDATE meta SET value = '[{\"figure\": \"x\", \"goal\": \"min\"}]' WHERE key = 'objectives'"),
            ": meta: objectives: 'x' is no figure of points");
  EXPECT_EQ(error_after("DROP VIEW results"), ": cannot be read as the database of a sweep: no such table: results");
  EXPECT_EQ(error_after("UPDATE meta SET value = '[\"speed > 1\"]' WHERE key = 'constraints'"),
            ": cannot be read as the database of a sweep: no such column: speed");
}

}  // namespace
}  // namespace lacuna
