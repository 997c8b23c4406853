// SPDX-License-Identifier: Apache-2.0
// The exit codes of lacuna sweep, as its page states them, and where the files that a sweep names are looked for.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

class SweepExit : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder.path("sweeps")); }

  /// Writes a sweep of conv5 of AlexNet under a mapping that needs three rows of PEs at least.
  void write(const std::string& path, const Json& values, const std::string& chip = "eyeriss") {
    const Json run = {{"mapping", "table_iii"}, {"layers", {"conv5"}}, {"check_values", false}, {"extrapolate", true}};
    const Json sweep = {{"name", "case"},
                        {"description", "a case"},
                        {"experiment", {{"chip", chip}, {"network", "alexnet"}, {"run", run}}},
                        {"axes", Json::array({{{"path", path}, {"values", values}}})}};
    folder.write("sweeps/case.json", sweep.dump());
  }
  ProgramOutcome sweep(const std::string& below = "", const std::string& file = "sweeps/case.json") const {
    return run_program({"sweep", file, "--jobs", "1", "--out", "s.db"}, {folder.path(below), {}, {}});
  }

  ScratchFolder folder;
};

TEST_F(SweepExit, IsZeroWhereAPointHasAResultThoughOthersAreRefused) {
  write("/chip/array/rows", {2, 12});
  const ProgramOutcome outcome = sweep();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("0 kept, 1 run, 1 refused"), std::string::npos) << outcome.out;
}

TEST_F(SweepExit, IsOneWhereEveryPointIsStoredAndNoneHasAResult) {
  write("/chip/array/rows", {1, 2});
  for (const char* counts : {"0 kept, 0 run, 2 refused", "2 kept, 0 run"}) {
    const ProgramOutcome outcome = sweep();
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.err, "lacuna: no point of the sweep has a result\n");
    EXPECT_NE(outcome.out.find(counts), std::string::npos) << outcome.out;
  }
}

TEST_F(SweepExit, IsTwoWhereNoPointCanBeBuiltAndNothingIsWritten) {
  write("/chip/dram_link/clock_khz", {0, -1});
  const ProgramOutcome outcome = sweep();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("no point of the sweep can be built, nothing was written"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.path("s.db")));
}

TEST_F(SweepExit, OfRelativePathsIsThatOfTheFolderLacunaIsCalledIn) {
  write("/chip/array/rows", {12}, "./mine.json");
  folder.write("sweeps/mine.json", bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss.json"));
  const ProgramOutcome above = sweep();
  EXPECT_EQ(above.code, 2) << "beside the sweep's file is nowhere";
  EXPECT_NE(above.err.find("/chip: no such file, found './mine.json'"), std::string::npos) << above.err;
  EXPECT_EQ(sweep("sweeps", "case.json").code, 0);
  EXPECT_EQ(sweep("sweeps", "../sweeps/case.json").code, 0);
}

}  // namespace
}  // namespace lacuna
