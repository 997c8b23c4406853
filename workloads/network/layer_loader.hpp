// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "workloads/network/network.hpp"

namespace lacuna {

/// Largest feature map or filter tensor of a layer, in words: far above any network, low enough that products of two
/// such counts stay exact in 64 bits.
constexpr std::int64_t kMostLayerWords = std::int64_t{1} << 28;

/// Reads one entry of /layers. `before` are the layers above it, `input` is the shape of the network's input. Throws
/// Error (bad_input) with file and pointer.
Layer load_layer(const JsonView& view, const std::vector<Layer>& before, const MapShape& input);

}  // namespace lacuna
