// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace lacuna {

/// `lacuna compare A B [C ...]`: results side by side: time, energy by component, area, traffic, MACs; differences for
/// two, largest energy first; and whether the order by energy holds for all prices within their ranges. Throws Error
/// (bad_input) for fewer than two files and for a file that is no result.
void compare_command(const std::vector<std::string>& files, std::ostream& out);

}  // namespace lacuna
