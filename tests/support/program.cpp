// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/prctl.h>
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

/// A pipe from the program: what it writes is not limited as its files may be.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) ADD_FAILURE() << "no pipe";
  }
  ~Pipe() {
    close(ends_[0]);
    close_write_end();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_write_end() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

/// Reads both pipes to their ends.
void read_all(const Pipe& out, const Pipe& err, ProgramOutcome& outcome) {
  pollfd ends[2] = {{out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}};
  std::string* texts[2] = {&outcome.out, &outcome.err};
  for (int open = 2; open > 0 && poll(ends, 2, -1) >= 0;) {
    for (int i = 0; i < 2; ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      char part[4096];
      const ssize_t count = read(ends[i].fd, part, sizeof part);
      if (count > 0) {
        texts[i]->append(part, static_cast<std::size_t>(count));
      } else {
        ends[i].fd = -1;
        --open;
      }
    }
  }
}

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
  // Without the privilege there is nothing to drop, and the call may fail.
  if (setting.obeys_permissions) prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
  std::vector<char*> arguments = {const_cast<char*>(LACUNA_PROGRAM)};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(LACUNA_PROGRAM, arguments.data());
  _exit(kCannotStart);
}

}  // namespace

ProgramOutcome run_program(const std::vector<std::string>& words, const ProgramSetting& setting) {
  Pipe out;
  Pipe err;
  const pid_t child = fork();
  if (child == 0) {
    dup2(out.write_end(), STDOUT_FILENO);
    dup2(err.write_end(), STDERR_FILENO);
    become_program(words, setting);
  }
  out.close_write_end();
  err.close_write_end();
  ProgramOutcome outcome;
  read_all(out, err, outcome);
  outcome.code = exit_code_of(child);
  return outcome;
}

pid_t start_program(const std::vector<std::string>& words, const ProgramSetting& setting) {
  const pid_t child = fork();
  if (child != 0) return child;
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  become_program(words, setting);
}

int exit_code_of(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
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
