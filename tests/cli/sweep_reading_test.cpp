// SPDX-License-Identifier: Apache-2.0
// What users do with the databases of sweeps: `compare`, `pareto`, `export`.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

const std::string kSweep = small_sweep(R"("axes": [{"path": "/chip/array/rows", "values": [6, 12]},
           {"path": "/chip/array/columns", "values": [7, 10, 14]},
           {"path": "/chip/array/gate_on", "values": ["none", "activation"]}],
  "objectives": [{"figure": "energy_total_pj"}, {"figure": "total_ms"}, {"figure": "area_mm2"}]
})");

class SweepReading : public ::testing::Test {
 protected:
  SweepReading() {
    folder_.write("case.json", kSweep);
    EXPECT_EQ(start({"sweep", "case.json", "--jobs", "1", "--out", "one.db"}).code, 0);
    EXPECT_EQ(start({"sweep", "case.json", "--jobs", "3", "--out", "three.db"}).code, 0);
  }
  ProgramOutcome start(const Words& words) const { return run_program(words, {folder_.path(), {}, {}}); }
  std::string file(const std::string& name) const { return bytes_of(folder_.path(name)); }

  ScratchFolder folder_;
};

TEST_F(SweepReading, OneWorkerAndThreeGiveTheSameContentAndTheSameExports) {
  const ProgramOutcome same = start({"compare", "one.db", "three.db"});
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_NE(same.out.find("points run in both: 12;"), std::string::npos) << same.out;
  EXPECT_NE(same.out.find("\nthe same content\n"), std::string::npos) << same.out;
  for (const std::string view : {"results", "layer_results", "component_energy", "pareto"}) {
    for (const std::string name : {"one", "three"}) {
      const ProgramOutcome outcome =
          start({"export", name + ".db", "--view", view, "--csv", name + ".csv", "--json", name + ".json"});
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      EXPECT_EQ(outcome.out, "written: " + name + ".csv, " + name + ".json\n");
    }
    EXPECT_EQ(file("one.csv"), file("three.csv")) << view;
    EXPECT_EQ(file("one.json"), file("three.json")) << view;
    EXPECT_FALSE(nlohmann::json::parse(file("one.json")).empty()) << view;
  }
}

TEST_F(SweepReading, AnotherExperimentIsAnotherContent) {
  ASSERT_EQ(start({"sweep", "case.json", "--set", "/run/batch=2", "--out", "batch.db"}).code, 0);
  const ProgramOutcome other = start({"compare", "one.db", "batch.db"});
  EXPECT_EQ(other.code, 1);
  EXPECT_NE(other.out.find("points run in both: 0; asked for in A alone: 12; asked for in B alone: 12;"),
            std::string::npos)
      << other.out;
}

TEST_F(SweepReading, OnlyTwoDatabasesOrResultsAloneAreComparedAndWhatIsNoFileIsNamed) {
  folder_.write("a.json", "{}");
  std::filesystem::create_directory(folder_.path("below"));
  const std::string missing = "no such file, found 'nope.db'";
  const std::string below = "a folder, found 'below/'";
  const std::string mixed = "found 1 databases among 2 files";
  const struct {
    Words files;
    std::string problem;
  } cases[] = {{{"one.db", "nope.db"}, missing}, {{"nope.db", "one.db"}, missing}, {{"a.json", "nope.db"}, missing},
               {{"one.db", "below/"}, below},    {{"below/", "one.db"}, below},    {{"below/", "a.json"}, below},
               {{"one.db", "a.json"}, mixed},    {{"a.json", "one.db"}, mixed}};
  for (const auto& one : cases) {
    const ProgramOutcome outcome = start({"compare", one.files[0], one.files[1]});
    EXPECT_EQ(outcome.code, 2) << one.problem;
    EXPECT_EQ(outcome.err, "lacuna: compare: " + one.problem +
                               "; allowed one or two databases of lacuna sweep, or two RESULT.json or more\n");
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(start({"compare", "one.db", "three.db", "one.db"}).code, 2);
}

TEST_F(SweepReading, UnfinishedWritesInAFolderThatCannotBeWrittenToAreReadElsewhere) {
  namespace fs = std::filesystem;
  for (const char* folder : {"sealed", "open"}) fs::create_directory(folder_.path(folder));
  {
    SQLite::Database writer(folder_.path("one.db"), SQLite::OPEN_READWRITE);
    writer.exec("PRAGMA journal_mode = WAL; DELETE FROM points WHERE id = 1");
    for (const std::string folder : {"sealed", "open"}) {
      for (const std::string end : {"", "-wal"}) {
        fs::copy(folder_.path("one.db" + end), folder_.path(folder + "/one.db" + end));
      }
    }
  }
  fs::permissions(folder_.path("sealed"), fs::perms::owner_write, fs::perm_options::remove);
  const ProgramOutcome sealed = run_program({"pareto", "sealed/one.db"}, {folder_.path(), {}, {}, true});
  fs::permissions(folder_.path("sealed"), fs::perms::owner_write, fs::perm_options::add);
  EXPECT_EQ(sealed.code, 2);
  EXPECT_EQ(sealed.err,
            "lacuna: sealed/one.db: has unfinished writes beside it (sealed/one.db-wal), which are readable only in a "
            "folder that can be written to; copy both files to one\n");
  const ProgramOutcome open = start({"pareto", "open/one.db"});
  EXPECT_EQ(open.code, 0) << open.err;
  EXPECT_NE(open.out.find("11 results; front: "), std::string::npos) << open.out;
}

TEST_F(SweepReading, TheFrontSaysHowPricesMoveItsObjectivesAndIsAlsoATable) {
  const ProgramOutcome front = start({"pareto", "one.db", "--csv", "tables/front.csv"});
  EXPECT_EQ(front.code, 0) << front.err;
  EXPECT_EQ(
      front.out.rfind("energy_total_pj, least first: prices of one source move together, those of different sources "
                      "do not\ntotal_ms, least first: no prices in it\narea_mm2, least first: all its prices move "
                      "together\n12 results; front: ",
                      0),
      0U)
      << front.out;
  EXPECT_EQ(file("tables/front.csv")
                .rfind("position,rows,columns,gate_on,energy_total_pj,total_ms,area_mm2,standing,beaten_by\n", 0),
            0U);
  // Gating takes neither time nor area and saves energy, whatever it costs: no point without it is on the front.
  EXPECT_EQ(file("tables/front.csv").find(",none,"), std::string::npos);
}

}  // namespace
}  // namespace lacuna
