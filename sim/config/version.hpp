// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// The program's version, as results record it.
std::string program_version();

}  // namespace lacuna
