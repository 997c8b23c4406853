// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/values/precision.hpp"

namespace lacuna {

/// A precision as the text of a file that load_precision reads as the same, in the layout of the shipped ones. Layers
/// and ranges stand in the order of `names`, and all of them are among those.
std::string precision_text(const Precision& precision, const std::vector<std::string>& names);

}  // namespace lacuna
