// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/sweep/points.hpp"

namespace lacuna {

/// A sweep of the network "tiny" on Eyeriss with these axes and whatever else `more` has.
SweepFile sweep_of(const std::string& axes, const std::string& more = "{}");

/// "rows=1, columns=2; rows=1, columns=3": the points of a sweep.
std::string points_text(const SweepFile& sweep);

}  // namespace lacuna
