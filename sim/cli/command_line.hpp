// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace lacuna {

/// The whole program: runs the command that the words (without the program's name) ask for. Results go to `out`, one
/// line "lacuna: MESSAGE" for an error to `err`. Returns the exit code: 0 done, 1 a run failed, 2 bad input.
int command_line(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

}  // namespace lacuna
