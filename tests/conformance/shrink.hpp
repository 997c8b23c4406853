// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// The smallest case found that is legal and still fails, from one that does: integers go to their least, are halved
/// or lowered by one, choices and flags go to their first, one field at a time, until no step is left that fails.
LayerCase shrink(const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails);

/// The command line that runs the case at both levels and prints in what they differ.
std::string command_line(const LayerCase& c);

/// A case in which the levels differ, for a person: how they differ, and the smallest such case as a command line.
/// `fails` says whether a case is one.
std::string report(const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails);

/// The first lines of a list of differences, and how many more there are.
std::string head(const std::vector<std::string>& differences);

}  // namespace lacuna::test
