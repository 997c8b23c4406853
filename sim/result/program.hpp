// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// Which program made a result.
struct Program {
  std::string version;
  std::string git_revision;  ///< abbreviated, "-dirty" with uncommitted changes; "unknown" outside a repository
  std::string compiler;      ///< "GNU 12.2.0"
};

/// This program. Defined in a source that the build writes (cmake/revision.cmake).
Program this_program();

}  // namespace lacuna
