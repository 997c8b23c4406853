// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lacuna {

/// Writes a zip archive of these members (name and bytes, in that order), each stored as it is or compressed.
void write_zip(const std::string& file, const std::vector<std::pair<std::string, std::string>>& members,
               bool compressed = false);

}  // namespace lacuna
