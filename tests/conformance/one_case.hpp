// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// The command line of this program that runs the case at both levels and prints in what they differ.
std::string command_line(const LayerCase& c);

/// What that command line does: 0 where the levels agree, 1 where they do not, 2 for a text that is no legal case.
int run_case(const std::string& text, std::ostream& out, std::ostream& errors);

/// The first lines of a list of differences, and how many more there are.
std::string head(const std::vector<std::string>& differences);

}  // namespace lacuna::test
