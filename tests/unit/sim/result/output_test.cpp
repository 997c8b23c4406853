// SPDX-License-Identifier: Apache-2.0
#include "sim/result/output.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <fstream>
#include <sstream>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

std::string read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::size_t entries(const std::string& folder) {
  const std::filesystem::directory_iterator begin(folder);
  return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator()));
}

template <class Action>
ErrorKind kind_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  throw std::logic_error("no error");
}

TEST(Output, TheFolderIsMadeAndLeftEmptyBeforeTheRun) {
  const ScratchFolder scratch;
  prepare_output(scratch.path("a/b"), 1000);
  EXPECT_EQ(entries(scratch.path("a/b")), 0U);
  prepare_output(scratch.path("a/b"), 1000);  // one that is there serves as well
}

TEST(Output, AFolderBelowAFileIsRefusedBeforeTheRun) {
  const ScratchFolder scratch;
  const std::string file = scratch.write("file", "x");
  EXPECT_EQ(error_of([&] { prepare_output(file + "/out", 0); }),
            file + "/out: the output folder cannot be made: Not a directory");
  EXPECT_EQ(kind_of([&] { prepare_output(file + "/out", 0); }), ErrorKind::bad_input);
  EXPECT_EQ(error_of([&] { prepare_output(file, 0); }), file + ": the output folder cannot be made: Not a directory");
}

TEST(Output, AFolderThatCannotBeWrittenIsRefusedBeforeTheRun) {
  // not even the superuser can make files below /proc
  EXPECT_EQ(kind_of([] { prepare_output("/proc/self", 0); }), ErrorKind::bad_input);
  const std::string message = error_of([] { prepare_output("/proc/self", 0); });
  EXPECT_EQ(message.rfind("/proc/self: the output folder cannot be written: ", 0), 0U) << message;
}

TEST(Output, AFileSystemWithoutRoomIsRefusedBeforeTheRun) {
  const ScratchFolder scratch;
  const std::int64_t exabyte = 1000000000000000000;
  const std::string message = error_of([&] { prepare_output(scratch.path("out"), exabyte); });
  EXPECT_EQ(message.rfind(scratch.path("out") + ": no room for the result, found ", 0), 0U) << message;
  EXPECT_NE(message.find(" bytes free; needed 1000000000000000000"), std::string::npos) << message;
  EXPECT_EQ(entries(scratch.path("out")), 0U);
}

TEST(Output, AllFilesArePutInPlaceWhole) {
  const ScratchFolder scratch;
  scratch.write("result.json", "old");
  commit_output(scratch.path(), {{"layers.csv", "a,b\n"}, {"result.json", "{}\n"}});
  EXPECT_EQ(read(scratch.path("layers.csv")), "a,b\n");
  EXPECT_EQ(read(scratch.path("result.json")), "{}\n");
  EXPECT_EQ(entries(scratch.path()), 2U);
}

TEST(Output, AFileThatCannotBePutInPlaceLeavesNothingOfTheResult) {
  const ScratchFolder scratch;
  scratch.write("result.json/in_the_way", "");  // a folder of that name
  const auto commit = [&] { commit_output(scratch.path(), {{"layers.csv", "a"}, {"result.json", "{}"}}); };
  EXPECT_EQ(kind_of(commit), ErrorKind::run_failed);
  EXPECT_EQ(error_of(commit),
            scratch.path("result.json") + ": cannot be put in place: Is a directory; no result was written");
  EXPECT_EQ(entries(scratch.path()), 1U);
}

/// No file of this process may grow past a size while this lives: what a full disk does, at a byte of our choice.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST(Output, ADiskThatFillsUpWhileWritingLeavesNothingHalfWritten) {
  const ScratchFolder scratch;
  const std::string old = scratch.write("result.json", "old");
  const auto commit = [&] {
    const FullDisk disk(5000);
    commit_output(scratch.path(), {{"layers.csv", "a"}, {"result.json", std::string(5001, 'x')}});
  };
  EXPECT_EQ(kind_of(commit), ErrorKind::run_failed);
  EXPECT_EQ(error_of(commit), old + ": cannot be written: File too large; no result was written");
  EXPECT_EQ(read(old), "old");  // the result that was there before
  EXPECT_EQ(entries(scratch.path()), 1U);
}

/// A file that the run itself has written beside its place.
OutputFile wave_file() {
  OutputFile wave;
  wave.name = "conv1.vcd";
  wave.written_as = "conv1.partial.vcd";
  return wave;
}

TEST(Output, AFileThatLiesBesideItsPlaceIsPutThereWithTheOthers) {
  const ScratchFolder scratch;
  scratch.write("conv1.partial.vcd", "signals");
  commit_output(scratch.path("."), {{"result.json", "{}"}, wave_file()});
  EXPECT_EQ(read(scratch.path("conv1.vcd")), "signals");
  EXPECT_EQ(entries(scratch.path(".")), 2U);
}

TEST(Output, NoFileIsLeftWhenOneThatLiesBesideItsPlaceCannotBePutThere) {
  const ScratchFolder blocked;
  blocked.write("conv1.partial.vcd", "signals");
  std::filesystem::create_directory(blocked.path("conv1.vcd"));
  EXPECT_EQ(kind_of([&] {
              commit_output(blocked.path("."), {{"result.json", "{}"}, wave_file()});
            }),
            ErrorKind::run_failed);
  EXPECT_EQ(entries(blocked.path(".")), 1U);  // what was in the way
}

}  // namespace
}  // namespace lacuna
