// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lacuna {

/// How the built program is started.
struct ProgramSetting {
  std::string folder;                                            ///< working directory
  std::vector<std::pair<std::string, std::string>> environment;  ///< set on top of the test's own
  std::optional<std::int64_t> largest_file_bytes;                ///< writing beyond fails, as on a full disk
  bool obeys_permissions = false;                                ///< even as root
};

/// What became of it.
struct ProgramOutcome {
  int code = -1;  ///< exit code, or -1 where a signal ended it
  std::string out;
  std::string err;
};

/// Runs the built `lacuna` with these words as a process of its own, and waits for it.
ProgramOutcome run_program(const std::vector<std::string>& words, const ProgramSetting& setting);

/// Starts it and does not wait; what it writes goes nowhere. Returns its process.
pid_t start_program(const std::vector<std::string>& words, const ProgramSetting& setting);

/// Waits for a process that was started: its exit code, or -1 where a signal ended it.
int exit_code_of(pid_t process);

/// All bytes of a file. Fails the test where it cannot be read.
std::string bytes_of(const std::string& path);

/// The names of the files below a folder, relative to it, sorted.
std::vector<std::string> names_below(const std::string& folder);

}  // namespace lacuna
