// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lacuna {
namespace {

/// A nameless file that lives as long as this: where the program's output goes.
class OutputFile {
 public:
  OutputFile() {
    std::string path = ::testing::TempDir() + "lacuna-output-XXXXXX";
    descriptor_ = mkstemp(path.data());
    unlink(path.c_str());
  }
  ~OutputFile() { close(descriptor_); }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string all;
    char part[4096];
    lseek(descriptor_, 0, SEEK_SET);
    for (ssize_t count = 0; (count = read(descriptor_, part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(count));
    }
    return all;
  }

 private:
  int descriptor_;
};

/// Becomes the program; only what may stand between fork and exec.
[[noreturn]] void become_program(const std::vector<std::string>& words, const ProgramSetting& setting) {
  constexpr int kCannotStart = 127;
  if (!setting.folder.empty() && chdir(setting.folder.c_str()) != 0) _exit(kCannotStart);
  for (const auto& [name, value] : setting.environment) setenv(name.c_str(), value.c_str(), 1);
  if (setting.largest_file_bytes) {
    signal(SIGXFSZ, SIG_IGN);  // the write fails instead
    const auto bytes = static_cast<rlim_t>(*setting.largest_file_bytes);
    const rlimit limit = {bytes, bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(kCannotStart);
  }
  std::vector<char*> arguments = {const_cast<char*>(LACUNA_PROGRAM)};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(LACUNA_PROGRAM, arguments.data());
  _exit(kCannotStart);
}

}  // namespace

ProgramOutcome run_program(const std::vector<std::string>& words, const ProgramSetting& setting) {
  const OutputFile out;
  const OutputFile err;
  const pid_t child = fork();
  if (child == 0) {
    dup2(out.descriptor(), STDOUT_FILENO);
    dup2(err.descriptor(), STDERR_FILENO);
    become_program(words, setting);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  ProgramOutcome outcome;
  if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
  outcome.out = out.text();
  outcome.err = err.text();
  constexpr double kMicrosecond = 1e-6;
  outcome.user_seconds =
      static_cast<double>(usage.ru_utime.tv_sec) + kMicrosecond * static_cast<double>(usage.ru_utime.tv_usec);
  return outcome;
}

std::string bytes_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path << " cannot be read";
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

std::vector<std::string> names_below(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) names.push_back(std::filesystem::relative(entry.path(), folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace lacuna
