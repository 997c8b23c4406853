// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A small layer on a small chip, drawn from a seed: shape, stride, padding, groups, batch, array, spads, bus widths,
/// FIFO depths (1 and 2 twice as often), codecs, clocks, widths, gating, orders, and a random legal mapping.
LayerCase random_layer(std::uint64_t seed);

/// All that was drawn, on one line, to run the case again.
std::string describe(const LayerCase& c);

}  // namespace lacuna::test
