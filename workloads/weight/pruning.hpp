// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// Magnitude pruning of one layer (S. Han et al., "Learning both Weights and Connections for Efficient Neural
/// Networks", NIPS 2015, section 3), without the training that follows there: sets the floor(zero_share x size) weights
/// of least magnitude to zero, the product as a double; of equal magnitudes those that stand first. `zero_share` is
/// from 0 to 1.
void prune_by_magnitude(Tensor<float>& weights, double zero_share);

}  // namespace lacuna
