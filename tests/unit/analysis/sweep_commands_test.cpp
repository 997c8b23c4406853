// SPDX-License-Identifier: Apache-2.0
// What is made of the database of a sweep: front, comparison, export.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/compare_sweeps.hpp"
#include "analysis/export_sweep.hpp"
#include "analysis/pareto_command.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

class SweepCommands : public ::testing::Test {
 protected:
  std::string made(const std::string& name, const SweepFixture& fixture) const {
    make_sweep_database(folder_.path(name), fixture);
    return folder_.path(name);
  }
  /// What compare prints, without its first two lines; `same` is what it returns.
  static std::string compared(const std::string& a, const std::string& b, bool same) {
    std::ostringstream out;
    EXPECT_EQ(compare_sweeps(a, b, out), same);
    const std::string text = out.str();
    return text.substr(text.find('\n', text.find('\n') + 1) + 1);
  }

  ScratchFolder folder_;
};

TEST_F(SweepCommands, TheFrontAtTheStatedPricesIsThatOfTheDatabase) {
  const std::string file = made("a.db", {150, 8, 5, 3, "columns < 7"});
  const ParetoTable table = pareto_table({file, {}, ""});
  std::vector<std::int64_t> front;
  for (const ParetoRow& row : table.rows) {
    if (row.standing.standing == Standing::holds || row.standing.standing == Standing::contested) {
      front.push_back(row.position);
    }
  }
  std::sort(front.begin(), front.end());
  EXPECT_EQ(front, front_of_database(file));
  EXPECT_GT(front.size(), 1U);
}

/// Three points by hand: equally fast, of two sources of prices.
std::string by_hand(const std::string& file) {
  make_sweep_database(file, {1, 3, 0, 3});  // positions 0, 1 and 2 have a result
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  database.exec("UPDATE points SET total_ms = 1.0; DELETE FROM price_exposure");
  const auto put = [&](int point, double low, double value, double high, int source) {
    SQLite::Statement insert(database, "INSERT INTO price_exposure VALUES(?, ?, ?, ?, ?)");
    insert.bind(1, point);
    insert.bind(2, source);
    insert.bind(3, low);
    insert.bind(4, value);
    insert.bind(5, high);
    insert.exec();
    database.exec("UPDATE points SET energy_total_pj = " + std::to_string(value) +
                  " WHERE id = " + std::to_string(point));
  };
  put(1, 8, 10, 12, 1);
  put(2, 9, 11, 14, 2);    // can take less than point 1: another source
  put(3, 9, 12.5, 14, 1);  // never takes less than point 1: the same source
  return file;
}

TEST_F(SweepCommands, AFrontPointThatAnotherBeatsOnlyInsideTheRangesIsMarked) {
  const ParetoTable table = pareto_table({by_hand(folder_.path("a.db")), {"energy_total_pj", "total_ms"}, ""});
  EXPECT_EQ(pareto_csv(table),
            "position,rows,columns,gate_on,energy_total_pj,total_ms,standing,beaten_by\n"
            "0,1,1,activation,10,1,contested,1\n"
            "1,1,1,none,11,1,possible,\n");
  std::ostringstream out;
  print_pareto(table, out);
  EXPECT_NE(
      out.str().find("3 results; front: 1 (0 hold within the ranges of the prices, 1 contested); off it: 1 possible "
                     "at other prices, 0 open\n"),
      std::string::npos)
      << out.str();
}

TEST_F(SweepCommands, AFrontOfResultsAtDifferentPricesIsRefusedUnlessItIsWanted) {
  const std::string file = by_hand(folder_.path("a.db"));
  const auto printed = [&](const std::string& figure, bool as_published = false) {
    std::ostringstream out;
    print_pareto(pareto_table({file, {figure}, "", as_published}), out);
    return out.str();
  };
  const std::string warning = "results are at different prices, taken as they are: ";
  EXPECT_EQ(printed("energy_total_pj").find(warning), std::string::npos);
  SQLite::Database(file, SQLite::OPEN_READWRITE).exec("UPDATE points SET prices = 'other, 65 nm' WHERE id = 2");
  EXPECT_EQ(error_of([&] {
              printed("energy_total_pj");
            }).find("pareto: energies at different prices, found other, 65 nm and "),
            0U);
  EXPECT_NE(printed("energy_total_pj", true).find(warning + "other, 65 nm; "), std::string::npos);
  EXPECT_EQ(printed("total_ms").find(warning), std::string::npos);
}

TEST_F(SweepCommands, OnlyWhatMeetsTheConditionIsOnTheFront) {
  const std::string file = by_hand(folder_.path("a.db"));
  const ParetoTable table = pareto_table({file, {"energy_total_pj", "total_ms"}, "gate_on = 'none'"});
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].position, 1);
  EXPECT_EQ(table.rows[0].standing.standing, Standing::holds);
}

TEST_F(SweepCommands, TheAreaMovesAsAWholeAndItsRangeContestsToo) {
  const std::string file = by_hand(folder_.path("a.db"));
  change_database(file, "UPDATE points SET area_mm2 = id, area_low_mm2 = 0.5 * id, area_high_mm2 = 2 * id");
  const ParetoTable together = pareto_table({file, {"area_mm2"}, ""});
  ASSERT_EQ(together.rows.size(), 1U);  // 1 < 2 < 3 at both ends
  EXPECT_EQ(together.rows[0].standing.standing, Standing::holds);
  change_database(file,
                  "UPDATE points SET area_high_mm2 = 2 WHERE id = 2; UPDATE points SET area_high_mm2 = 3 WHERE id = 1");
  const ParetoTable turned = pareto_table({file, {"area_mm2"}, ""});
  ASSERT_EQ(turned.rows.size(), 2U);
  EXPECT_EQ(turned.rows[0].standing.standing, Standing::contested);
  EXPECT_EQ(turned.rows[1].standing.standing, Standing::possible);
}

TEST_F(SweepCommands, MoreCanBeBetter) {
  const std::string file = made("a.db", {4, 4});
  const ParetoTable table = pareto_table({file, {"images_per_second:max"}, ""});
  for (const ParetoRow& row : table.rows) EXPECT_EQ(row.objectives[0], 1000.0 / fixture_ms(4, 4));
  EXPECT_EQ(table.rows.size(), 2U);  // gating takes no time
  const ParetoTable least = pareto_table({file, {"images_per_second:min"}, ""});
  EXPECT_EQ(least.rows[0].objectives[0], 1000.0 / fixture_ms(1, 1));
  EXPECT_EQ(pareto_table({file, {"images_per_second"}, ""}).rows[0].objectives[0], 1000.0 / fixture_ms(4, 4))
      << "without a goal, it is the sweep's own";
}

TEST_F(SweepCommands, AFrontOfWhatIsNotThereIsRefused) {
  const std::string file = made("a.db", {2, 2});
  EXPECT_EQ(
      error_of([&] {
        pareto_table({file, {"energy"}, ""});
      })
          .rfind(
              "pareto: --objectives: found 'energy'; allowed FIGURE, FIGURE:min or FIGURE:max with a figure of: area",
              0),
      0U);
  EXPECT_EQ(error_of([&] {
              pareto_table({file, {"total_ms", "total_ms:max"}, ""});
            }),
            "pareto: --objectives: found 'total_ms' twice");
  const std::string text = folder_.write("a.txt", "text");
  EXPECT_EQ(error_of([&] { pareto_table({text, {}, ""}); }), text + ": is no database of a sweep");
  EXPECT_EQ(error_of([&] {
              pareto_table({"none.db", {}, ""});
            }),
            "none.db: no such file; allowed the database of a sweep");
  EXPECT_EQ(error_of([&] { pareto_table({"/", {}, ""}); }), "/: is a folder; allowed the database of a sweep");
}

TEST_F(SweepCommands, ATypingErrorInAConditionIsRefusedWithWhatIsAllowed) {
  const std::string file = made("a.db", {2, 2});
  const auto refusal = [&](const std::string& where) { return error_of([&] { pareto_table({file, {}, where}); }); };
  const std::string allowed =
      "; allowed an SQL expression over axes and figures, such as \"total_ms < 40\", of the axes: rows, columns, "
      "gate_on; of the figures: area_";
  // What stands whole between parentheses alone would get past the constraints.
  EXPECT_EQ(refusal("rows = 1) OR (rows = 2").rfind("pareto: --where: found 'rows = 1) OR (rows = 2': near \")\"", 0),
            0U);
  EXPECT_EQ(refusal("1, 2").rfind("pareto: --where: found '1, 2': more than one value", 0), 0U);
  // In double quotes too it is a name, and never a text that no figure equals.
  for (const std::string where : {"total_msec < 4", "\"total_msec\" < 4"}) {
    const std::string start = "pareto: --where: found '" + where + "': no such column: total_msec" + allowed;
    EXPECT_EQ(refusal(where).substr(0, start.size()), start);
  }
  EXPECT_NE(refusal("random() > 0").find("not authorized to use function: random" + allowed), std::string::npos);
  EXPECT_NE(refusal("randomblob(1) > 0").find("not authorized to use function: randomblob"), std::string::npos);
  EXPECT_FALSE(pareto_table({file, {}, "\"rows\" = 2 AND gate_on = 'none'"}).rows.empty());
}

TEST_F(SweepCommands, ResultsWithoutAValueOfAnObjectiveAreLeftOutAndCounted) {
  const ParetoTable table = pareto_table({made("a.db", {2, 2}), {"total_ms", "area_mm2"}, ""});
  EXPECT_EQ(table.results, 8);
  EXPECT_EQ(table.left_out, 8);
  EXPECT_TRUE(table.rows.empty());
}

TEST_F(SweepCommands, DatabasesOfTheSamePointsAreTheSameInAnyOrder) {
  const std::string a = made("a.db", {3, 3, 2, 0});
  const std::string b = made("b.db", {3, 3, 2, 0});
  EXPECT_EQ(
      compared(a, b, true),
      "points run in both: 18; asked for in A alone: 0; asked for in B alone: 0; run in A alone: 0; run in B alone: "
      "0\nthe same content\n");
  // As if they had been run in the opposite order, at other times, with sources met in another order.
  change_database(
      b,
      "UPDATE points SET id = 1000 - id, finished_at = 'then', elapsed_ms = 7, command = 'c'; "
      "UPDATE sources SET id = 50 - id; UPDATE price_exposure SET point = 1000 - point, source = 50 - source");
  for (const char* table : {"layers", "energy", "stalls"}) {
    change_database(b, std::string("UPDATE ") + table + " SET point = 1000 - point");
  }
  EXPECT_NE(compared(a, b, true).find("the same content"), std::string::npos);
  EXPECT_NE(compared(b, a, true).find("the same content"), std::string::npos);
}

TEST_F(SweepCommands, EveryFigureThatDiffersIsNamedWithItsFirstPoint) {
  const struct {
    const char* change;
    const char* line;
  } cases[] = {
      {"UPDATE points SET energy_total_pj = 1.5 WHERE id IN (3, 5)",
       "energy_total_pj: differs 2 times, first at point 2 (rows=1, columns=2, gate_on=activation): A "},
      {"UPDATE points SET last_sqnr_db = NULL WHERE id = 1",
       "last_sqnr_db: differs 1 time, first at point 0 (rows=1, columns=1, gate_on=activation): A 61.5, B none"},
      {"UPDATE points SET status = 'failed' WHERE id = 1", "status: differs 1 time, first at point 0 "},
      {"UPDATE points SET labels = '[]' WHERE id = 2", "labels: differs 1 time, first at point 1 "},
      {"UPDATE layers SET macs_gated = 1 WHERE point = 4", "layer macs_gated: differs 1 time, first at point 3 "},
      {"UPDATE energy SET energy_pj = energy_pj * 1.0000000000000002 WHERE point = 1 AND component = 'dram'",
       "energy of dram, energy_pj: differs 1 time, first at point 0 (rows=1, columns=1, gate_on=activation), layer 0: "
       "A "},
      {"UPDATE stalls SET cycles = 1 WHERE point = 2",
       "stalls by link, cycles: differs 1 time, first at point 1 (rows=1, columns=1, gate_on=none), layer 0: A 0, B 1"},
      {"UPDATE price_exposure SET high_pj = 0 WHERE point = 2 AND source = 1",
       "owed to sample: Table 1, high_pj: differs 1 time, first at point 1 (rows=1, columns=1, gate_on=none): A "},
      {"DELETE FROM energy WHERE point = 2 AND component = 'dram'",
       "rows of table energy that B has not: differs 1 time, first at point 1 (rows=1, columns=1, gate_on=none), layer "
       "0: "
       "A dram, B none"},
      {"INSERT INTO stalls VALUES(1, 0, 'heat', 3)",
       "rows of table stalls that A has not: differs 1 time, first at point 0 (rows=1, columns=1, gate_on=activation), "
       "layer 0: A none, B heat"},
      {"DELETE FROM points WHERE id = 4", "; run in A alone: 1;"},
      {"DELETE FROM plan WHERE position = 4", "; asked for in A alone: 1;"},
  };
  const std::string a = made("a.db", {2, 2});
  for (const auto& one : cases) {
    std::filesystem::remove(folder_.path("b.db"));
    const std::string b = made("b.db", {2, 2});
    change_database(b, one.change);
    const std::string text = compared(a, b, false);
    EXPECT_NE(text.find(one.line), std::string::npos) << one.change << "\n" << text;
    EXPECT_NE(text.find("not the same content\n"), std::string::npos) << text;
  }
}

TEST_F(SweepCommands, AnExportHasARowForEachResultAndReadsBackExactly) {
  const std::string file = made("a.db", {3, 2, 2, 1});
  const Json records = Json::parse(sweep_json(file, "results"));
  ASSERT_EQ(records.size(), 9U);
  EXPECT_EQ(records[0].at("position"), 0);
  EXPECT_EQ(records[0].at("gate_on"), "activation");
  EXPECT_EQ(records[3].at("energy_total_pj").get<double>(), fixture_energy_pj(1, 2, false));
  EXPECT_TRUE(records[0].at("area_mm2").is_null());
  EXPECT_FALSE(records[0].contains("point")) << "ids depend on the order in which points were run";

  std::istringstream csv(sweep_csv(file, "results"));
  std::string header;
  std::string line;
  std::getline(csv, header);
  EXPECT_EQ(std::count(header.begin(), header.end(), ',') + 1, static_cast<std::ptrdiff_t>(records[0].size()));
  EXPECT_EQ(header.rfind("position,rows,columns,gate_on,layers,", 0), 0U) << header;
  std::int64_t lines = 0;
  while (std::getline(csv, line)) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), std::count(header.begin(), header.end(), ',')) << line;
    ++lines;
  }
  EXPECT_EQ(lines, 9);
}

TEST_F(SweepCommands, EveryViewCanBeExportedAndNoneDependsOnTheOrderOfRuns) {
  const std::string file = made("a.db", {2, 2, 1, 1});
  std::vector<std::string> before;
  for (const std::string& view : exported_views()) before.push_back(sweep_csv(file, view) + sweep_json(file, view));
  change_database(
      file,
      "UPDATE points SET id = 1000 - id; UPDATE layers SET point = 1000 - point; UPDATE energy SET point = 1000 - "
      "point");
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(sweep_csv(file, exported_views()[i]) + sweep_json(file, exported_views()[i]), before[i]);
    EXPECT_GT(std::count(before[i].begin(), before[i].end(), '\n'), 3) << exported_views()[i];
  }
  EXPECT_EQ(sweep_csv(file, "failures")
                .rfind("position,rows,columns,gate_on,status,error,command\n"
                       "4,2,1,activation,refused,/chip/array: <does> not fit,",
                       0),
            0U);
}

TEST_F(SweepCommands, MissingIsWhatNeverRanOrCrashedAndNotWhatWasRefusedOrFailed) {
  const std::string file = made("a.db", {2, 2, 1, 2});  // position 4 is refused, 6 and 7 have not run
  change_database(
      file,
      "UPDATE points SET status = 'crashed' WHERE id = 1; UPDATE points SET status = 'failed' WHERE id = 2; UPDATE "
      "points SET identity = 'another' WHERE id = 3");
  EXPECT_EQ(sweep_csv(file, "missing"),
            "position,rows,columns,gate_on\n0,1,1,activation\n6,2,2,activation\n7,2,2,none\n");
  const Json failures = Json::parse(sweep_json(file, "failures"));
  ASSERT_EQ(failures.size(), 3U);
  EXPECT_EQ(failures[0].at("status"), "crashed");
}

TEST_F(SweepCommands, ATextWithCommasAndQuotesIsQuotedInCsv) {
  const std::string file = made("a.db", {2, 2, 1, 0});
  change_database(file, "UPDATE points SET error = 'found \"a\", b', command = 'c' WHERE status = 'refused'");
  EXPECT_NE(sweep_csv(file, "failures").find(",refused,\"found \"\"a\"\", b\",c\n"), std::string::npos);
}

}  // namespace
}  // namespace lacuna
