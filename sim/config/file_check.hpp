// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// Loads a file strictly, whatever of ours it is, and returns what it is: "chip", "network", "result", ... Throws Error
/// (bad_input) when it is not sound, or of no known kind.
std::string check_file(const std::string& path);

}  // namespace lacuna
