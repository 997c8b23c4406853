// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/command_line.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "hw/base/error.hpp"
#include "sim/cli/wave.hpp"
#include "sim/result/program.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome lacuna_with(const std::vector<std::string>& words) {
  const ScopedVariable data("LACUNA_DATA", LACUNA_SOURCE_DIR "/tests/config/data");
  std::ostringstream out;
  std::ostringstream err;
  const int code = command_line(words, out, err);
  return {code, out.str(), err.str()};
}

TEST(CommandLine, TellsItsVersion) {
  const Outcome outcome = lacuna_with({"--version"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "lacuna " + this_program().version + "\n");
}

TEST(CommandLine, HelpsWithEveryCommand) {
  const std::string help = lacuna_with({"--help"}).out;
  EXPECT_EQ(lacuna_with({}).out, help);
  for (const std::string command :
       {"run", "import", "list", "check", "calibrate", "quantize", "explain", "schema", "validate"}) {
    EXPECT_NE(help.find("lacuna " + command + " "), std::string::npos) << command;
    const Outcome outcome = lacuna_with({command, "--help"});
    EXPECT_EQ(outcome.code, 0) << command;
    EXPECT_FALSE(outcome.out.empty()) << command;
  }
}

TEST(CommandLine, ExplainsAFieldAloneAndInAnExperiment) {
  const std::string alone = lacuna_with({"explain", "/run/batch"}).out;
  EXPECT_NE(alone.find("an integer from 1 to 1024"), std::string::npos) << alone;
  const Outcome set = lacuna_with({"explain", "/run/batch", "--chip", "grid", "--network", "pair", "--batch", "3"});
  EXPECT_EQ(set.code, 0) << set.err;
  EXPECT_NE(set.out.find("--batch 3"), std::string::npos) << set.out;
  // Options alone: all that the experiment has.
  const Outcome all = lacuna_with({"explain", "--chip", "grid", "--network", "pair"});
  for (const char* field : {"/chip/array/rows ", "/network/layers/0/M ", "/run/seed "}) {
    EXPECT_NE(all.out.find(field), std::string::npos) << field;
  }
}

TEST(CommandLine, PutsResultsAndErrorsOnStreamsOfTheirOwn) {
  const Outcome outcome = lacuna_with({"rum"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.find("lacuna: unknown command, found 'rum'"), 0U);
}

TEST(CommandLine, SaysInOneLineWhatHasLineBreaksAndBrokenText) {
  const Outcome outcome = lacuna_with({"check", "no\nsuch\x1b[1m\xff\xc3\xa4.json"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "lacuna: no\\x0asuch\\x1b[1m\\xff\xc3\xa4.json: no such file\n");
}

TEST(CommandLine, AnOutputThatCannotBeWrittenIsAFailure) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);  // as on a full disk
  EXPECT_EQ(command_line({"--version"}, out, err), 1);
  EXPECT_EQ(err.str(), "lacuna: standard output: cannot be written\n");
}

TEST(List, GivesNamesWithOneLineOfDescription) {
  EXPECT_EQ(lacuna_with({"list", "networks"}).out,
            "pair  Two conv layers, for tests of what a configuration may say\n"
            "twin  The same layers under another name, for tests of what a configuration may say\n"
            "\n"
            "network  --weights\n"
            "-------------------------------------------------------------------\n"
            "pair     synthetic (default)  synthetic:laplace,seed=1, zero biases\n"
            "twin     synthetic (default)  synthetic:laplace,seed=1, zero biases\n");
  EXPECT_EQ(lacuna_with({"list", "mappings"}).out,
            "default  built in: the array's own mapping of any layer\n"
            "search   built in: the best that the search finds under /run/search/objective\n"
            "halves   Half of the ofmap channels of conv1 a pass\n"
            "lines    For another kind of array\n");
}

TEST(List, DescribesPartsByWhatTheyCanDo) {
  // dense: 16-bit values, 4 in a 64-bit word. run_length: 3 pairs a word, 1000 values without zeros are 334 words;
  // 500 pairs (1, value) are 167; 1000 zeros are 31 pairs (31, 0) of 32 and one for the last 8: 11 words.
  // bitmask: 16 words of mask, 4 values in a word. zero_run: a word for the count of entries, 3 of them in a word.
  EXPECT_EQ(lacuna_with({"list", "codecs"}).out,
            "bitmask     2000 bytes of values, none, half or all of them zero, take 2128, 1128, 128 bytes\n"
            "dense       2000 bytes of values, none, half or all of them zero, take 2000, 2000, 2000 bytes\n"
            "run_length  2000 bytes of values, none, half or all of them zero, take 2672, 1336, 88 bytes\n"
            "zero_run    2000 bytes of values, none, half or all of them zero, take 2680, 1344, 8 bytes\n");
  const std::string arrays = lacuna_with({"list", "arrays"}).out;
  EXPECT_NE(arrays.find("test_grid "), std::string::npos) << arrays;
  EXPECT_NE(arrays.find(" parameters columns, gate_on, rows\n"), std::string::npos) << arrays;
}

TEST(Check, TellsEachFilesKind) {
  const ScratchFolder folder;
  const std::string chip = LACUNA_SOURCE_DIR "/tests/config/data/configs/chips/grid.json";
  const std::string mapping = LACUNA_SOURCE_DIR "/tests/config/data/configs/mappings/halves.json";
  const std::string stimulus = LACUNA_SOURCE_DIR "/tests/config/data/workloads/stimuli/half.json";
  EXPECT_EQ(lacuna_with({"check", chip, mapping, stimulus}).out,
            chip + ": chip ok\n" + mapping + ": mapping ok\n" + stimulus + ": stimulus ok\n");
  const std::string bad = folder.write("bad.json", "{}");
  const Outcome outcome = lacuna_with({"check", chip, bad});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, chip + ": chip ok\n");  // the good one is still named
}

TEST(Wave, IsAWindowOfCyclesOfASimulatedLayer) {
  Experiment experiment;
  Layer layer;
  layer.name = "conv1";
  experiment.network.layers = {layer};
  experiment.run.level = "clocked";
  const WaveWindow window = parse_wave("conv1:10-2000", experiment);
  EXPECT_EQ(window.layer, "conv1");
  EXPECT_EQ(window.first_cycle, 10);
  EXPECT_EQ(window.last_cycle, 2000);
  EXPECT_EQ(parse_wave("conv1:0-999999", experiment).last_cycle, 999999);  // a million cycles
  EXPECT_THROW(parse_wave("conv1:0-1000000", experiment), Error);          // one more
}

}  // namespace
}  // namespace lacuna
