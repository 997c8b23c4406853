// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/base/error.hpp"

namespace lacuna {

/// Throws Error (bad_input) "PROBLEM, found 'FOUND'; allowed a, b, c[; did you mean 'b'?]".
[[noreturn]] void fail_choice(const std::string& problem, const std::string& found,
                              const std::vector<std::string>& allowed);

}  // namespace lacuna
