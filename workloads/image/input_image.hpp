// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "workloads/image/png_reader.hpp"
#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// The network's input, C H W: (sample - mean of its channel) x scale, channels in the order red, green, blue.
Tensor<float> normalise(const Image& image, const Network& network);

/// Reads a PNG file as the network's input. Throws Error (bad_input) naming the file where its size is not the one the
/// network wants (images are not resized) or the network's input has not three channels.
Tensor<float> load_input_image(const std::string& file, const Network& network);

}  // namespace lacuna
