// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// A file that a result depends on.
struct InputFile {
  std::string path;  ///< as results record it (DataFile::recorded)
  std::string sha256;
};

}  // namespace lacuna
