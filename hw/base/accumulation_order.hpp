// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna {

/// The order in which a machine adds the products of one ofmap word, the same for all words of a layer: each segment, a
/// list of taps by position in C R S order, accumulates from 0 and is then added to the running psum, which starts at
/// 0. Every tap of the filter stands in it once. Sums that wrap do not depend on it.
using AccumulationOrder = std::vector<std::vector<std::int64_t>>;

}  // namespace lacuna
