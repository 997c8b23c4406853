// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/config/composer.hpp"

namespace lacuna {

/// Where /run/weights is a text such as "synthetic:laplace,density=0.35,seed=1", puts what it says into
/// /network/synthetic_weights (distribution, zero_share = 1 - density, seed) and "synthetic" into its place: everything
/// later knows synthetic weights by their fields alone. Parts may come in any order, each at most once. To be called
/// when /network is resolved and before it is loaded. Throws Error (bad_input) on an unknown part, a part given twice,
/// a value that is not allowed, and where an override sets one of those fields too.
void place_synthetic_text(Composer& composer);

}  // namespace lacuna
