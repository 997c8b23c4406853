// SPDX-License-Identifier: Apache-2.0
// Where a run's results cannot go: an error before anything is simulated, or, later, with nothing half-written.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;

/// A run that outlasts every test once it simulates: the time limit of the test is what sees that it does not.
Names long_run(const std::string& out) {
  return {"run", "--chip", "eyeriss", "--network", "alexnet", "--batch", "1024", "--out", out};
}

Names short_run(const std::string& out) { return {"run", "--chip", "eyeriss", "--network", "tiny", "--out", out}; }

/// Exit code 2, this message, and nothing on standard output.
void expect_refused(const ProgramOutcome& outcome, const std::string& message) {
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "lacuna: " + message + "\n");
}

TEST(OutputFolder, ThatIsAFileIsRefusedBeforeTheSimulation) {
  const ScratchFolder folder;
  folder.write("taken", "mine");
  expect_refused(run_program(long_run("taken"), {folder.path(), {}, {}}),
                 "taken: the output folder cannot be made: Not a directory");
  expect_refused(run_program(long_run("taken/below"), {folder.path(), {}, {}}),
                 "taken/below: the output folder cannot be made: Not a directory");
  EXPECT_EQ(names_below(folder.path()), Names{"taken"});
  EXPECT_EQ(bytes_of(folder.path("taken")), "mine");
}

TEST(ValuesCacheFolder, ThatCannotBeWrittenCostsNoRun) {
  const ScratchFolder folder;
  std::vector<std::string> words = short_run("out");
  words.insert(words.end(), {"--cache", "/proc/lacuna"});
  const ProgramOutcome outcome = run_program(words, {folder.path(), {}, {}});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
}

TEST(ValuesCacheFolder, GivesTheSameResultWhenItIsReadAsWhenItIsWritten) {
  const ScratchFolder folder;
  for (const std::string out : {"cold", "warm"}) {
    std::vector<std::string> words = short_run(out);
    words.insert(words.end(), {"--cache", "cache"});
    EXPECT_EQ(run_program(words, {folder.path(), {}, {}}).code, 0);
  }
  EXPECT_EQ(run_program(short_run("none"), {folder.path(), {}, {}}).code, 0);
  EXPECT_FALSE(names_below(folder.path("cache")).empty());
  EXPECT_EQ(bytes_of(folder.path("warm/result.json")), bytes_of(folder.path("cold/result.json")));
  EXPECT_EQ(bytes_of(folder.path("none/result.json")), bytes_of(folder.path("cold/result.json")));
}

TEST(OutputFolder, ThatNobodyCanMakeIsRefusedBeforeTheSimulation) {
  // Not even root makes folders in /proc.
  expect_refused(run_program(long_run("/proc/lacuna-out"), {}),
                 "/proc/lacuna-out: the output folder cannot be made: No such file or directory");
}

TEST(OutputFolder, WithoutThePermissionToWriteIsRefusedBeforeTheSimulation) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path("out"));
  chmod(folder.path("out").c_str(), 0555);
  expect_refused(run_program(long_run("out"), {folder.path(), {}, {}, true}),
                 "out: the output folder cannot be written: Permission denied");
  EXPECT_EQ(names_below(folder.path()), Names{});
}

TEST(OutputFolder, WhereNotEvenAByteFitsIsRefusedBeforeTheSimulation) {
  const ScratchFolder folder;
  expect_refused(run_program(long_run("out"), {folder.path(), {}, 0}),
                 "out: the output folder cannot be written: File too large");
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
}

/// A file system of that many bytes, as long as it lives.
class SmallDisk {
 public:
  SmallDisk(const std::string& folder, std::int64_t bytes) : folder_(folder) {
    std::filesystem::create_directories(folder);
    mounted_ = mount("tmpfs", folder.c_str(), "tmpfs", 0, ("size=" + std::to_string(bytes)).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount(folder_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::string folder_;
  bool mounted_ = false;
};

TEST(OutputFolder, OnADiskWithoutRoomForTheResultIsRefusedBeforeTheSimulation) {
  const ScratchFolder folder;
  const SmallDisk disk(folder.path("disk"), 64 * 1024);
  // Mounting takes a privilege that a user may lack; where every change is tested it is there.
  if (!disk.mounted() && std::getenv("CI") == nullptr) GTEST_SKIP() << "no privilege to mount a file system";
  ASSERT_TRUE(disk.mounted());
  const ProgramOutcome outcome = run_program(long_run("disk/out"), {folder.path(), {}, {}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err.rfind("lacuna: disk/out: no room for the result, found 65536 bytes free; needed ", 0), 0U)
      << outcome.err;
  EXPECT_EQ(names_below(folder.path()), Names{});
  EXPECT_FALSE(std::filesystem::exists(folder.path("disk/out")));
}

TEST(OutputFolder, ThatFillsUpDuringTheRunGetsNothingHalfWritten) {
  // The result of tiny has about 50 kB, its tables 5 kB and 100 kB: files of up to 4 kB hold none of them.
  const ScratchFolder folder;
  const ProgramOutcome outcome = run_program(short_run("made/by/the/run"), {folder.path(), {}, 4096});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "lacuna: made/by/the/run/result.json: cannot be written: File too large; no result was written\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("made")));
}

TEST(OutputFolder, ThatFillsUpAgainKeepsTheResultThatWasThere) {
  const ScratchFolder folder;
  ASSERT_EQ(run_program(short_run("out"), {folder.path(), {}, {}}).code, 0);
  const std::string before = bytes_of(folder.path("out/result.json"));
  Names again = short_run("out");
  again.insert(again.end(), {"--batch", "2"});
  EXPECT_EQ(run_program(again, {folder.path(), {}, 4096}).code, 1);
  EXPECT_EQ(bytes_of(folder.path("out/result.json")), before);
  EXPECT_EQ(names_below(folder.path()), (Names{"out/layers.csv", "out/pes.csv", "out/result.json"}));
}

TEST(OutputFolder, ThatAVcdFillsUpGetsNothingHalfWritten) {
  // 500 cycles of conv1 are 62 kB of VCD, more than a file may have; the result of conv1 alone has 36 kB.
  const ScratchFolder folder;
  Names words = short_run("out");
  words.insert(words.end(), {"--layers", "conv1", "--wave", "conv1:0-500"});
  constexpr std::int64_t kBetween = 50'000;
  const ProgramOutcome outcome = run_program(words, {folder.path(), {}, kBetween});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "lacuna: out/conv1.vcd: cannot be written; no result was written\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
}

}  // namespace
}  // namespace lacuna
