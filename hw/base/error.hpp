// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace lacuna {

/// What went wrong, as far as the caller must know: `bad_input` becomes exit code 2 (nothing was simulated, nothing was
/// written), `run_failed` becomes exit code 1.
enum class ErrorKind { bad_input, run_failed };

/// The one exception type of the libraries. The message names file, path, what was found and what is allowed.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// Throws an Error of kind bad_input.
[[noreturn]] inline void fail_input(const std::string& message) { throw Error(ErrorKind::bad_input, message); }

/// Throws an Error of kind run_failed.
[[noreturn]] inline void fail_run(const std::string& message) { throw Error(ErrorKind::run_failed, message); }

}  // namespace lacuna
