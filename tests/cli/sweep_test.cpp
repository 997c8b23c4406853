// SPDX-License-Identifier: Apache-2.0
// Sweeps from outside: what they store, what survives, what is refused.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

/// 24 points, of which those with 4 rows cannot hold a filter of 5 rows under a mapping that is held fixed.
const std::string kSweep = small_sweep(R"("axes": [{"path": "/chip/array/rows", "values": [4, 6, 12]},
           {"path": "/chip/array/columns", "values": [7, 14]},
           {"path": "/chip/dram_link/clock_khz", "values": [30000, 60000, 90000, 120000]}],
  "objectives": [{"figure": "energy_total_pj"}, {"figure": "total_ms"}, {"figure": "images_per_second", "goal": "max"}],
  "constraints": ["area_mm2 < 100", "rows > 0"]
})");

/// Everything in a database that a point's result says, in the order of the plan.
std::string content_of(const std::string& file) {
  const SQLite::Database database(file);
  std::string text;
  const auto add = [&](const std::string& query) {
    SQLite::Statement rows(database, query);
    while (rows.executeStep()) {
      for (int column = 0; column < rows.getColumnCount(); ++column) {
        text += std::string(column == 0 ? "" : "|") + rows.getColumn(column).getString();
      }
      text += "\n";
    }
  };
  add("SELECT plan.*, status, error, command, identity, labels FROM plan LEFT JOIN points USING(key) ORDER BY "
      "position");
  for (const char* view : {"results", "layer_results"}) {
    SQLite::Statement shape(database, std::string("SELECT * FROM ") + view + " LIMIT 0");
    std::string columns;
    for (int column = 0; column < shape.getColumnCount(); ++column) {
      const std::string name = shape.getColumnName(column);
      if (name != "point") columns += (columns.empty() ? "\"" : ", \"") + name + "\"";
    }
    add("SELECT " + columns + " FROM " + view + " ORDER BY 1, 2, 3, 4, 5");
  }
  add("SELECT key, layer, component, energy_pj FROM points JOIN energy ON point = id ORDER BY 1, 2, 3");
  add("SELECT key, layer, cause, cycles FROM points JOIN stalls ON point = id ORDER BY 1, 2, 3");
  add("SELECT key, text, low_pj, value_pj, high_pj FROM price_exposure JOIN points ON point = points.id JOIN sources "
      "ON "
      "source = sources.id ORDER BY 1, 2");
  return text;
}

std::int64_t number(const std::string& file, const std::string& query) {
  return SQLite::Database(file).execAndGet(query).getInt64();
}

class SweepFromOutside : public testing::Test {
 protected:
  void SetUp() override {
    folder.write("case.json", kSweep);
    setting.folder = folder.path();
    setting.environment = {{"LACUNA_CACHE", "off"}};
  }
  ProgramOutcome sweep(const std::string& out, Words more = {}) {
    Words words = {"sweep", "case.json", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words, setting);
  }
  std::string path(const std::string& name) const { return folder.path(name); }
  /// What a whole sweep that nobody disturbs stores.
  std::string undisturbed(Words more = {}) {
    EXPECT_EQ(sweep("whole.db", std::move(more)).code, 0);
    return content_of(path("whole.db"));
  }

  ScratchFolder folder;
  ProgramSetting setting;
};

TEST_F(SweepFromOutside, StoresTheSameForOneWorkerAndForSeveral) {
  ASSERT_EQ(sweep("one.db", {"--jobs", "1"}).code, 0);
  ASSERT_EQ(sweep("three.db", {"--jobs", "3"}).code, 0);
  EXPECT_EQ(number(path("one.db"), "SELECT count(*) FROM results"), 24);
  EXPECT_EQ(content_of(path("one.db")), content_of(path("three.db")));
}

TEST_F(SweepFromOutside, LeavesOneFile) {
  ASSERT_EQ(sweep("s.db").code, 0);
  EXPECT_EQ(names_below(folder.path()), (Words{"case.json", "s.db"}));
}

TEST_F(SweepFromOutside, RunsNothingAgainThatIsStored) {
  const ProgramOutcome first = sweep("s.db");
  EXPECT_NE(first.out.find("0 kept, 24 run"), std::string::npos) << first.out;
  const std::string content = content_of(path("s.db"));
  const ProgramOutcome second = sweep("s.db");
  EXPECT_EQ(second.code, 0);
  EXPECT_NE(second.out.find("24 kept, 0 run"), std::string::npos) << second.out;
  EXPECT_EQ(content_of(path("s.db")), content);
}

TEST_F(SweepFromOutside, GoesOnWhenItsAxesGrowAndRunsWhatIsNew) {
  ASSERT_EQ(sweep("s.db").code, 0);
  std::string longer = kSweep;
  longer.replace(longer.find("[7, 14]"), 7, "[14, 8]");
  folder.write("case.json", longer);
  const ProgramOutcome outcome = sweep("s.db");
  EXPECT_NE(outcome.out.find("12 kept, 12 run"), std::string::npos) << outcome.out;
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM points"), 36) << "results of points not asked for now stay";
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM results"), 24);
  EXPECT_EQ(content_of(path("s.db")).substr(0, 2000), undisturbed().substr(0, 2000));
}

TEST_F(SweepFromOutside, APointThatCannotBeBuiltIsStoredWithItsErrorAndACommandThatShowsIt) {
  std::string fixed = kSweep;
  fixed.replace(fixed.find("\"extrapolate\""), 0, R"("mapping": "table_iii", )");
  fixed.replace(fixed.find("\"tiny\""), 6, "\"alexnet\"");
  fixed.replace(fixed.find("\"extrapolate\""), 0, R"("layers": ["conv5"], "check_values": false, )");
  fixed.replace(fixed.find("[4, 6, 12]"), 10, "[2, 12]");
  fixed.replace(fixed.find("[30000, 60000, 90000, 120000]"), 29, "[60000, 0]");
  folder.write("case.json", fixed);
  const ProgramOutcome outcome = sweep("s.db");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("mapping held fixed: table_iii"), std::string::npos) << outcome.out;
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM results"), 1) << outcome.out;  // 12 x 14, 60 MHz
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM points WHERE status = 'refused'"), 7);
  const SQLite::Database database(path("s.db"));
  SQLite::Statement failures(database, "SELECT error, command FROM failures ORDER BY position");
  while (failures.executeStep()) {
    const std::string command = failures.getColumn(1).getString();
    Words words;
    std::istringstream stream(command.substr(7));  // no value of this sweep is quoted but the list of layers
    for (std::string word; stream >> word;)
      words.push_back(word == "'/run/layers=[\"conv5\"]'" ? R"(/run/layers=["conv5"])" : word);
    const ProgramOutcome repeated = run_program(words, setting);
    EXPECT_EQ(repeated.code, 2) << command;
    // The end of both messages is the same: what was found and what is allowed. Their beginnings name the origin.
    const std::string error = failures.getColumn(0).getString();
    EXPECT_NE(repeated.err.find(error.substr(error.rfind(": ") + 2)), std::string::npos) << error << repeated.err;
  }
  const std::string content = content_of(path("s.db"));
  EXPECT_NE(sweep("s.db").out.find("8 kept, 0 run"), std::string::npos) << "a refusal is known";
  EXPECT_EQ(content_of(path("s.db")), content);
}

TEST_F(SweepFromOutside, TheCommandOfAPointGivesItsFigures) {
  ASSERT_EQ(sweep("s.db").code, 0);
  const SQLite::Database database(path("s.db"));
  SQLite::Statement point(database,
                          "SELECT command, total_cycles FROM points JOIN plan USING(key) WHERE position = 13");
  ASSERT_TRUE(point.executeStep());
  std::istringstream stream(point.getColumn(0).getString().substr(7));
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  words.insert(words.end(), {"--out", "again"});
  ASSERT_EQ(run_program(words, setting).code, 0);
  const std::string result = bytes_of(path("again/result.json"));
  EXPECT_NE(result.find("\"total_cycles\": " + point.getColumn(1).getString()), std::string::npos);
}

TEST_F(SweepFromOutside, AFileThatHasChangedMakesItsPointsAnew) {
  const std::string chip = bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss.json");
  folder.write("mine.json", chip);
  std::string mine = kSweep;
  mine.replace(mine.find("\"eyeriss\""), 9, "\"./mine.json\"");
  folder.write("case.json", mine);
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::int64_t cycles = number(path("s.db"), "SELECT sum(total_cycles) FROM results");
  std::string slower = chip;
  const std::string key = "\"combine_cycles\": 1";
  ASSERT_NE(slower.find(key), std::string::npos);
  folder.write("mine.json", slower.replace(slower.find(key), key.size(), "\"combine_cycles\": 3"));
  EXPECT_NE(sweep("s.db").out.find("0 kept, 24 run"), std::string::npos);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM points"), 24);
  EXPECT_GT(number(path("s.db"), "SELECT sum(total_cycles) FROM results"), cycles);
}

/// The child processes of a process.
std::vector<pid_t> children_of(pid_t process) {
  const std::string id = std::to_string(process);
  std::ifstream stream("/proc/" + id + "/task/" + id + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; stream >> child;) children.push_back(child);
  return children;
}

template <class Condition>
bool happens(const Condition& condition) {
  for (int tries = 0; tries < 3000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

/// Slow enough to be met half done: every point on the clocked model.
const Words kSlowly = {"--set", "/run/level=clocked", "--set", "/run/batch=2", "--jobs", "2"};

class KilledSweep : public SweepFromOutside {
 protected:
  pid_t start() {
    Words words = {"sweep", "case.json", "--out", "s.db"};
    words.insert(words.end(), kSlowly.begin(), kSlowly.end());
    return start_program(words, setting);
  }
  bool has_points(std::int64_t count) const {
    try {
      return number(path("s.db"), "SELECT count(*) FROM points") >= count;
    } catch (const SQLite::Exception&) {
      return false;  // not there yet
    }
  }
};

TEST_F(KilledSweep, LosesNothingThatWasStoredWhenAllOfItIsKilled) {
  const std::string whole = undisturbed(kSlowly);
  const pid_t process = start();
  ASSERT_TRUE(happens([&] { return has_points(3); }));
  const std::vector<pid_t> workers = children_of(process);
  EXPECT_EQ(workers.size(), 2u);
  kill(process, SIGKILL);
  EXPECT_EQ(exit_code_of(process), -1);
  for (const pid_t worker : workers) {
    EXPECT_TRUE(happens([&] { return kill(worker, 0) != 0; })) << "a worker outlives its sweep";
  }
  const std::int64_t stored = number(path("s.db"), "SELECT count(*) FROM points");
  EXPECT_GE(stored, 3);
  ASSERT_LT(stored, 24) << "it was to be met half done";
  const ProgramOutcome rest = sweep("s.db", kSlowly);
  EXPECT_NE(rest.out.find(std::to_string(stored) + " kept, " + std::to_string(24 - stored) + " run"), std::string::npos)
      << rest.out;
  EXPECT_EQ(content_of(path("s.db")), whole);
}

TEST_F(KilledSweep, GoesOnWithoutAWorkerThatIsKilledAndStoresWhatItHadInHandAsCrashed) {
  const std::string whole = undisturbed(kSlowly);
  const pid_t process = start();
  ASSERT_TRUE(happens([&] { return has_points(2) && children_of(process).size() == 2; }));
  kill(children_of(process).front(), SIGKILL);
  EXPECT_EQ(exit_code_of(process), 0);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM points"), 24) << "all others have been run";
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM points WHERE status = 'crashed'"), 1);
  const std::string error = SQLite::Database(path("s.db")).execAndGet("SELECT error FROM failures").getString();
  EXPECT_EQ(error, "the worker process was ended by signal 9 (Killed)");
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM missing"), 1);
  EXPECT_NE(sweep("s.db", kSlowly).out.find("23 kept, 1 run"), std::string::npos);
  EXPECT_EQ(content_of(path("s.db")), whole);
}

TEST_F(KilledSweep, CanBeStoppedAndSaysHowFarItIs) {
  const pid_t process = start();
  ASSERT_TRUE(happens([&] { return has_points(2); }));
  kill(process, SIGINT);
  EXPECT_EQ(exit_code_of(process), 1);
  EXPECT_EQ(sweep("s.db", kSlowly).code, 0);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM results"), 24);
}

TEST_F(KilledSweep, KeepsASecondSweepAwayFromItsDatabase) {
  const pid_t process = start();
  ASSERT_TRUE(happens([&] { return has_points(1); }));
  const ProgramOutcome second = sweep("s.db");
  EXPECT_EQ(second.code, 2);
  EXPECT_EQ(second.err,
            "lacuna: s.db: another sweep is writing to it; allowed when that has ended, or another --out\n");
  EXPECT_EQ(exit_code_of(process), 0);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM results"), 24);
}

TEST_F(SweepFromOutside, RefusesADatabaseOfAnotherVersionAndLeavesItAsItIs) {
  ASSERT_EQ(sweep("s.db").code, 0);
  change_database(path("s.db"), "PRAGMA user_version = 7");
  const std::string before = bytes_of(path("s.db"));
  const ProgramOutcome outcome = sweep("s.db");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "lacuna: s.db: a database of another schema version, found 7; allowed 3; nothing was changed\n");
  EXPECT_EQ(bytes_of(path("s.db")), before);
}

TEST_F(SweepFromOutside, RefusesWhatIsNoDatabaseOfSweeps) {
  folder.write("text.db", "not a database, but a text that is longer than the header of one: " + std::string(200, '.'));
  EXPECT_EQ(sweep("text.db").err,
            "lacuna: text.db: no database; allowed one that lacuna sweep has made, or a new file\n");
  EXPECT_EQ(bytes_of(path("text.db")).substr(0, 3), "not");
  SQLite::Database(path("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t(x)");
  EXPECT_EQ(sweep("other.db").err,
            "lacuna: other.db: a database of something else; allowed one that lacuna sweep has made, or a new file\n");
  ASSERT_EQ(sweep("s.db").code, 0);
  std::string renamed = kSweep;
  folder.write("case.json", renamed.replace(renamed.find("\"case\""), 6, "\"else\""));
  EXPECT_EQ(sweep("s.db").err,
            "lacuna: s.db: holds the points of another sweep, found 'case'; allowed 'else', or another --out\n");
}

TEST_F(SweepFromOutside, RefusesADamagedDatabase) {
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::string whole = bytes_of(path("s.db"));
  // The header and the first page of tables stay; every other page is noise.
  folder.write("s.db", whole.substr(0, 4096) + std::string(whole.size() - 4096, '\x5a'));
  const ProgramOutcome outcome = sweep("s.db");
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(outcome.err.substr(0, 34), "lacuna: s.db: a damaged database: ") << outcome.err;
}

TEST_F(SweepFromOutside, AFullDiskStopsItAndCostsNothingThatIsStored) {
  const std::string whole = undisturbed();
  setting.largest_file_bytes = 160'000;  // some of the points
  const ProgramOutcome full = sweep("s.db");
  EXPECT_EQ(full.code, 1);
  EXPECT_NE(full.err.find("s.db: cannot be written: "), std::string::npos) << full.err;
  EXPECT_NE(full.err.find("the same command goes on"), std::string::npos) << full.err;
  setting.largest_file_bytes.reset();
  const ProgramOutcome rest = sweep("s.db");
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_EQ(content_of(path("s.db")), whole);
}

TEST_F(SweepFromOutside, PrintsThePointsItWouldRun) {
  const ProgramOutcome outcome = sweep("none.db", {"--plan"});
  EXPECT_EQ(outcome.out.substr(0, 56), "position,rows,columns,clock_khz\n0,4,7,30000\n1,4,7,60000\n");
  EXPECT_FALSE(std::filesystem::exists(path("none.db")));
}

TEST_F(SweepFromOutside, QuotesWhatNeedsItInThePointsItWouldRun) {
  folder.write("case.json", small_sweep(R"("axes": [{"path": "/run/layers", "values": [["conv1", "conv2"], ["conv1"]]},
             {"path": "/chip/array/gate_on", "values": ["none"]}]})"));
  EXPECT_EQ(sweep("none.db", {"--plan"}).out,
            "position,layers,gate_on\n0,\"[\"\"conv1\"\",\"\"conv2\"\"]\",none\n1,\"[\"\"conv1\"\"]\",none\n");
}

TEST_F(SweepFromOutside, WritesNothingWhereNoPointCanBeBuilt) {
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::string before = bytes_of(path("s.db"));
  const ProgramOutcome outcome = sweep("s.db", {"--set", "/run/btch=7"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("/run/btch: unknown key"), std::string::npos) << outcome.err;
  EXPECT_EQ(bytes_of(path("s.db")), before);
  EXPECT_EQ(sweep("new.db", {"--set", "/run/btch=7"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(path("new.db")));
}

TEST_F(SweepFromOutside, KeepsResultsWhereAFileOfItsBaseIsNotFoundFromAnotherFolder) {
  folder.write("mine.json", bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss.json"));
  std::string mine = kSweep;
  // One axis value has a chip that is found from everywhere, so that the sweep as a whole can be built.
  mine.replace(mine.find("\"axes\": ["), 9, R"("axes": [{"path": "/chip", "values": ["eyeriss", "./mine.json"]},)");
  folder.write("case.json", mine);
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::string content = content_of(path("s.db"));
  std::filesystem::create_directory(path("below"));
  ProgramSetting below = setting;
  below.folder = path("below");
  run_program({"sweep", "../case.json", "--out", "../s.db"}, below);
  EXPECT_EQ(content_of(path("s.db")), content);
}

TEST_F(SweepFromOutside, SaysWhereAResultOfBeforeStandsForAPointThatCannotBeBuiltNow) {
  const std::string chip = bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss.json");
  folder.write("mine.json", chip);
  std::string mine = kSweep;
  mine.replace(mine.find("\"axes\": ["), 9, R"("axes": [{"path": "/chip", "values": ["eyeriss", "./mine.json"]},)");
  folder.write("case.json", mine);
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::string content = content_of(path("s.db"));
  std::string broken = chip;
  broken.replace(broken.find("\"array\""), 7, "\"arrays\"");
  folder.write("mine.json", broken);
  const ProgramOutcome again = sweep("s.db");
  EXPECT_EQ(content_of(path("s.db")), content);
  EXPECT_NE(again.out.find("24 refused now, with a result of before"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("a point cannot be built now, the first: ./mine.json: "), std::string::npos) << again.out;
}

TEST_F(SweepFromOutside, LeavesAloneWhatIsNoFileAndFilesThatItDidNotMake) {
  std::filesystem::create_symlink("/dev/null", path("device.db"));
  const ProgramOutcome outcome = sweep("device.db");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "lacuna: device.db: is no file; allowed the name of a file\n");
  EXPECT_TRUE(std::filesystem::is_symlink(path("device.db")));
  folder.write("empty.db", "");
  std::string broken = kSweep;
  folder.write("case.json", broken.replace(broken.find("area_mm2 < 100"), 14, "total_ms <"));
  EXPECT_EQ(sweep("empty.db").code, 2);
  EXPECT_TRUE(std::filesystem::exists(path("empty.db")));
}

TEST_F(SweepFromOutside, TakesUpADatabaseThatWasKilledWhileItWasMade) {
  SQLite::Database(path("s.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("PRAGMA journal_mode = WAL");
  ASSERT_GT(std::filesystem::file_size(path("s.db")), 0U);
  EXPECT_EQ(sweep("s.db").code, 0);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM results"), 24);
}

TEST_F(SweepFromOutside, NamesAConstraintThatIsNoExpressionAndWritesNothing) {
  std::string broken = kSweep;
  folder.write("case.json", broken.replace(broken.find("area_mm2 < 100"), 14, "total_ms <"));
  const ProgramOutcome outcome = sweep("s.db");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("/constraints: found 'total_ms <'"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("s.db")));
}

TEST_F(SweepFromOutside, IsNeverOverwrittenByWhatReadsIt) {
  ASSERT_EQ(sweep("s.db").code, 0);
  std::filesystem::create_symlink(path("s.db"), path("link.db"));
  const std::string before = bytes_of(path("s.db"));
  for (const Words& words : {Words{"export", "s.db", "--csv", "s.db"},
                             {"export", "s.db", "--json", "./s.db"},
                             {"export", "s.db", "--csv", "link.db"},
                             {"pareto", "s.db", "--csv", "s.db"},
                             {"report", "s.db", "--out", "s.db"},
                             {"export", "s.db", "--csv", "x", "--json", "x"}}) {
    EXPECT_EQ(run_program(words, setting).code, 2) << words[0] << " " << words[3];
  }
  EXPECT_EQ(bytes_of(path("s.db")), before);
  EXPECT_TRUE(std::filesystem::is_symlink(path("link.db")));
  EXPECT_FALSE(std::filesystem::exists(path("x")));
}

/// The view of the front, against the definition by hand.
TEST_F(SweepFromOutside, TheViewParetoHoldsWhatNoOtherPointDominates) {
  ASSERT_EQ(sweep("s.db").code, 0);
  const std::string query =
      "SELECT count(*) FROM results AS a WHERE (SELECT count(*) FROM results AS b WHERE b.energy_total_pj <= "
      "a.energy_total_pj AND b.total_ms <= a.total_ms AND (b.energy_total_pj < a.energy_total_pj OR b.total_ms < "
      "a.total_ms)) = 0";
  const std::int64_t front = number(path("s.db"), query);
  EXPECT_GT(front, 0);
  EXPECT_LT(front, 24);
  EXPECT_EQ(number(path("s.db"), "SELECT count(*) FROM pareto"), front);
}

}  // namespace
}  // namespace lacuna
