// SPDX-License-Identifier: Apache-2.0
// `--trace` as a user has it. What the file says is checked by tests/trace.
#include <gtest/gtest.h>

#include <filesystem>

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

/// A run that outlasts every test once it simulates: the time limit of the test is what sees that it does not.
TEST_F(Trace, OntoAFileThatTheRunWritesIsRefusedBeforeTheSimulationHoweverItIsSpelt) {
  const auto expect_refused = [&](const std::string& trace, const std::string& out, const Names& more = {}) {
    Names words = {"--chip", "eyeriss", "--network", "alexnet", "--batch", "1024", "--out", out, "--trace", trace};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramOutcome outcome = start(run(words));
    EXPECT_EQ(outcome.code, 2) << trace;
    EXPECT_EQ(outcome.err, "lacuna: " + trace + ": named for two things to write; allowed another for one of them\n");
  };
  expect_refused("out/result.json", "out");
  expect_refused("./none/../out/layers.csv", "out");
  expect_refused(folder_.path("out/pes.csv"), "./out/");
  expect_refused("pes.csv", ".");
  expect_refused("out/conv1.vcd", "out", {"--wave", "conv1:0-9"});
  expect_refused("out/conv1.partial.vcd", "out", {"--wave", "conv1:0-9"});
  EXPECT_EQ(names_below(folder_.path()), Names{});
  std::filesystem::create_directory(folder_.path("real"));
  std::filesystem::create_directory_symlink(folder_.path("real"), folder_.path("link"));
  expect_refused("real/result.json", "link");
  expect_refused("real/sub/result.json", "link/sub");
  EXPECT_EQ(names_below(folder_.path("real")), Names{});
}

TEST_F(Trace, OntoAFileThatTheRunReadsIsRefused) {
  folder_.write("mine.json", bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss.json"));
  const auto refusal = [&](const Names& words) { return start(words).err; };
  const std::string message = ": is the file that is read; allowed another to write to\n";
  const std::string chip = file("mine.json");
  EXPECT_EQ(refusal(run({"--chip", "./mine.json", "--network", "tiny", "--out", "out", "--trace", "mine.json"})),
            "lacuna: mine.json" + message);
  EXPECT_EQ(file("mine.json"), chip);
  ASSERT_EQ(start(run({"--chip", "eyeriss", "--network", "tiny", "--out", "out"})).code, 0);
  const std::string result = file("out/result.json");
  EXPECT_EQ(refusal({"run", "--from", "out/result.json", "--out", "again", "--trace", "./out/result.json"}),
            "lacuna: ./out/result.json" + message);
  EXPECT_EQ(file("out/result.json"), result);
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
