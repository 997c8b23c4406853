// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/values/precision.hpp"
#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// How much larger a psum may be than the largest one on the calibration image before it wraps. Activations and weights
/// that are too large saturate, which is a small error; a psum that wraps is off by the whole range. On the other
/// shipped photograph the largest psum of a layer of AlexNet is at most 1.21 times as large (fc8). Often the next power
/// of two gives that room for nothing, so this costs less than a bit more for every layer, which would be 6 dB.
constexpr double kPsumHeadroom = 1.4;

/// The ranges of a network from a run of the float network on one normalised image: integer bits of the largest
/// magnitude of the input; of each conv and fc layer's weights, psums (with headroom; without the bias, which is added
/// behind the accumulator) and ofmap (after a ReLU that follows directly); of each lrn's, add's
/// and concat's ofmap.
Ranges calibrate_ranges(const Network& network, const WeightSet& weights, const Tensor<float>& image);

/// The same of the network with weights and activations rounded as a precision says: psums are those that its array
/// adds up, in units of its weights without scales.
Ranges calibrate_ranges(const Network& network, const WeightSet& weights, const Precision& precision,
                        const Tensor<float>& image);

/// Integer bits of an ofmap, after a ReLU if one follows, and of psums of that magnitude, with headroom. Throw Error
/// (bad_input), naming the layer, where no format has as many.
std::int64_t ofmap_integer_bits(const Tensor<float>& ofmap, bool relu, const std::string& layer);
std::int64_t psum_integer_bits(double largest, const std::string& layer);

/// Of each tensor the larger of both, which are of the same network.
Ranges wider_ranges(const Ranges& one, const Ranges& other);

}  // namespace lacuna
