// SPDX-License-Identifier: Apache-2.0
// `--trace` as a user has it. What the file says is checked by tests/trace.
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;

class Trace : public ::testing::Test {
 protected:
  ProgramOutcome start(const Names& words, std::optional<std::int64_t> largest_file = {}) const {
    return run_program(words, {folder_.path(), {}, largest_file});
  }
  static Names run(const Names& words) {
    Names all = {"run", "--extrapolate"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  std::string file(const std::string& name) const { return bytes_of(folder_.path(name)); }

  ScratchFolder folder_;
};

TEST_F(Trace, IsTheSameAtBothLevelsByteForByte) {
  for (const std::string chip : {"eyeriss", "systolic_32"}) {
    for (const std::string network : {"tiny", "tiny_graph"}) {
      for (const std::string level : {"event", "clocked"}) {
        const ProgramOutcome outcome = start(run({"--chip", chip, "--network", network, "--batch", "2", "--level",
                                                  level, "--out", "out", "--trace", level + ".json"}));
        ASSERT_EQ(outcome.code, 0) << outcome.err;
      }
      EXPECT_TRUE(file("event.json") == file("clocked.json")) << chip << " " << network;
    }
  }
}

TEST_F(Trace, ChangesNoResultAndIsNamedAmongWhatIsWritten) {
  ASSERT_EQ(start(run({"--chip", "eyeriss", "--network", "tiny", "--out", "plain"})).code, 0);
  const ProgramOutcome outcome =
      start(run({"--chip", "eyeriss", "--network", "tiny", "--out", "traced", "--trace", "traced/trace.json"}));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* name : {"result.json", "layers.csv", "pes.csv"}) {
    EXPECT_EQ(file(std::string("plain/") + name), file(std::string("traced/") + name));
  }
  EXPECT_NE(outcome.out.find("traced/pes.csv, traced/trace.json\n"), std::string::npos) << outcome.out;
}

TEST_F(Trace, OfAResultIsThatOfTheRunThatMadeIt) {
  ASSERT_EQ(start(run({"--chip", "systolic_32", "--network", "tiny", "--out", "out", "--trace", "a.json"})).code, 0);
  const ProgramOutcome again = start({"run", "--from", "out/result.json", "--out", "again", "--trace", "b.json"});
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_TRUE(file("a.json") == file("b.json"));
}

TEST_F(Trace, ThatCannotBeWrittenIsRefusedBeforeAnythingRuns) {
  const ProgramOutcome outcome =
      start(run({"--chip", "eyeriss", "--network", "tiny", "--out", "out", "--trace", "missing/trace.json"}));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "lacuna: --trace missing/trace.json: cannot be written: No such file or directory\n");
  EXPECT_EQ(names_below(folder_.path()), Names{});
}

TEST_F(Trace, ThatDoesNotFitOnTheDiskFailsTheRunAndLeavesNothing) {
  constexpr std::int64_t kLargest = 16384;  // the trace of tiny has more bytes
  const ProgramOutcome outcome =
      start(run({"--chip", "eyeriss", "--network", "tiny", "--out", "out", "--cache", "off", "--trace", "trace.json"}),
            kLargest);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err.rfind("lacuna: --trace trace.json: cannot be written: ", 0), 0U) << outcome.err;
  EXPECT_EQ(names_below(folder_.path()), Names{});
}

}  // namespace
}  // namespace lacuna
