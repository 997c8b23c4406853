// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// All bytes of a file; `kind` is what belongs there, as messages name it ("JSON"). Throws Error (bad_input) naming the
/// file when it is missing, a folder or unreadable.
std::string read_text_file(const std::string& file, const std::string& kind);

}  // namespace lacuna
