// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A small legal layer on a small chip with an array of that kind, drawn from a seed: shape (strides, padding, groups,
/// batch, 1 x 1 and whole-map filters), widths, zero shares from none to all, and every field of chip, array and
/// mapping from its own field list, small numbers (1 and 2) oftenest. What does not fit together by the array's own
/// check is drawn again. Sixteen seeds of every 32 give layers of several passes, so that pass shapes repeat.
LayerCase random_case(std::int64_t seed, const std::string& array);

/// Makes a shape that no array of the case's kind takes that of an FC layer: a filter of the whole map.
void fit_shape(LayerCase& c);

}  // namespace lacuna::test
