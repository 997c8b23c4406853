// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "workloads/image/image.hpp"
#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// The network's input, C H W: (sample - mean of its channel) x scale, channels in the order red, green, blue.
Tensor<float> normalise(const Image& image, const Network& network);

/// An image in the size of the network's input. One that has it stays as it is; of another the middle of the same
/// aspect is resized (workloads/image/resize.hpp). For a network with `crop`, an image that covers its input is not
/// resized but cut around its centre, unless it covers 8/7 of the input too: then it is first made that small, so that
/// of any photograph the middle 7/8 are seen (the 224 of 256 pixels of torchvision's evaluation).
Image fitted(const Image& image, const Network& network);

/// Reads a PNG or JPEG file as the network's input. Throws Error (bad_input) as read_image does, and where the
/// network's input has not three channels.
Tensor<float> load_input_image(const std::string& file, const Network& network);

}  // namespace lacuna
