// SPDX-License-Identifier: Apache-2.0
// lacuna report from outside: what it writes, and what it refuses before it writes anything.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/program.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

class ReportFromOutside : public testing::Test {
 protected:
  ProgramOutcome run(const Words& words, std::vector<std::pair<std::string, std::string>> environment = {}) {
    ProgramSetting setting;
    setting.folder = folder.path();
    setting.environment = std::move(environment);
    return run_program(words, setting);
  }
  /// Exit code 2, this one line, and no file beside those that were there.
  void expect_refused(const ProgramOutcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "lacuna: " + message + "\n");
    EXPECT_EQ(names_below(folder.path()), names);
  }
  void remember_names() { names = names_below(folder.path()); }

  ScratchFolder folder;
  Words names;
};

TEST_F(ReportFromOutside, IsTheSameByteForByteHoweverOftenItIsMade) {
  ASSERT_EQ(run({"run", "--chip", "eyeriss", "--network", "tiny", "--no-check-values", "--out", "out"}).code, 0);
  const ProgramOutcome first = run({"report", "out/result.json", "--out", "first.html", "--svg", "svg"});
  EXPECT_EQ(first.code, 0);
  EXPECT_EQ(first.err, "");
  EXPECT_EQ(first.out.rfind("written: first.html, svg/energy_by_layer.svg, ", 0), 0U) << first.out;
  EXPECT_EQ(run({"report", "out/result.json"}).code, 0);
  EXPECT_EQ(bytes_of(folder.path("first.html")), bytes_of(folder.path("report.html")));
}

TEST_F(ReportFromOutside, OfASweepReadsItsDatabaseAlone) {
  make_sweep_database(folder.path("results.db"), {3, 3});
  EXPECT_EQ(run({"report", "results.db", "--out", "below/sweep.html"}).code, 0);
  EXPECT_NE(bytes_of(folder.path("below/sweep.html")).find("All 18 results are shown."), std::string::npos);
}

TEST_F(ReportFromOutside, WritesThePrecisionsOfASweepIntoAPageAndSeesWhenItHoldsOthers) {
  make_sweep_database(folder.path("p.db"), R"({"name": "case", "description": "a case",
    "experiment": {"chip": "eyeriss", "network": "tiny"}, "axes": [{"path": "/precision", "values": ["fixed8", "bnn"]}],
    "objectives": [{"figure": "energy_total_pj"}]})",
                      [](std::size_t, const std::vector<std::uint32_t>&, RunResult& result) {
                        result = sample_result();
                        return FixtureEnd::ok;
                      });
  const std::string empty = "<!-- begin precisions -->\n<!-- end precisions -->\n";
  folder.write("page.md", empty);
  const ProgramOutcome other = run({"report", "p.db", "--check", "page.md"});
  EXPECT_EQ(other.code, 1);
  EXPECT_EQ(other.out, "page.md: its table of precisions is not what comes out\n");
  EXPECT_EQ(bytes_of(folder.path("page.md")), empty) << "compared alone";
  EXPECT_EQ(run({"report", "p.db", "--into", "page.md"}).code, 0);
  EXPECT_NE(bytes_of(folder.path("page.md")).find("| bnn | 16 | 16 | maps input, last |  |  | needs training |"),
            std::string::npos)
      << bytes_of(folder.path("page.md"));
  EXPECT_EQ(run({"report", "p.db", "--check", "page.md"}).code, 0);
  make_sweep_database(folder.path("rows.db"), {2, 2});
  const ProgramOutcome none = run({"report", "rows.db", "--into", "page.md"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(
      none.err,
      "lacuna: rows.db: no precisions side by side; allowed a sweep with results and an axis of path /precision, on "
      "at most 8 machines\n");
}

TEST_F(ReportFromOutside, RefusesWhatItCannotReport) {
  folder.write("notes.txt", "hello");
  folder.write("cut.db", std::string("SQLite format 3") + '\0' + "cut off");
  folder.write("old.json", R"({"schema_version": 7, "layers": [], "totals": {}})");
  remember_names();
  expect_refused(run({"report"}), "report: no result given; allowed RESULT.json or results.db, before the options");
  expect_refused(run({"report", "none.json"}), "none.json: cannot be read");
  expect_refused(
      run({"report", "notes.txt"}),
      "notes.txt: is neither a result nor a sweep; allowed a result.json of lacuna run, a database of lacuna "
      "sweep");
  expect_refused(run({"report", "cut.db"}),
                 "cut.db: cannot be read as the database of a sweep: file is not a database");
  expect_refused(run({"report", "old.json"}), "old.json/schema_version: found 7; allowed 1");
  expect_refused(
      run({"report", "notes.txt", "--our", "x"}),
      "report: unknown option, found '--our'; allowed --out, --svg, --into, --check, --help; did you mean '--out'?");
}

TEST_F(ReportFromOutside, RefusesAPlaceThatItCannotWriteTo) {
  ASSERT_EQ(run({"run", "--chip", "eyeriss", "--network", "tiny", "--no-check-values", "--out", "out"}).code, 0);
  remember_names();
  expect_refused(run({"report", "out/result.json", "--out", "out"}), "out: is a folder; allowed the name of a file");
  expect_refused(run({"report", "out/result.json", "--out", "out/layers.csv/report.html"}),
                 "out/layers.csv: the output folder cannot be made: Not a directory");
  expect_refused(run({"report", "out/result.json", "--svg", "out/layers.csv"}),
                 "out/layers.csv: the output folder cannot be made: Not a directory");
}

TEST_F(ReportFromOutside, SaysWhichPartOfTheInstallationIsMissing) {
  ASSERT_EQ(run({"run", "--chip", "eyeriss", "--network", "tiny", "--no-check-values", "--out", "out"}).code, 0);
  std::filesystem::create_directory(folder.path("data"));
  remember_names();
  expect_refused(run({"report", "out/result.json"}, {{"LACUNA_DATA", "data"}}),
                 "data/analysis/report/page/report.css: cannot be read");
}

}  // namespace
}  // namespace lacuna
