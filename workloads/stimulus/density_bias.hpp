// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/post_arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// The bias, at the binary point of the psums, with which the share of these psums that give a non-zero ofmap word
/// after rounding and ReLU is `density` (0 to 1), to the nearest word; where psums tie, as near as ties permit. `psums`
/// are those of one channel, or of all channels that share the bias.
std::int64_t bias_for_density(Span<const Word> psums, double density, const PostArithmetic& post);

}  // namespace lacuna
