// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/input_image.hpp"

#include "hw/base/error.hpp"
#include "workloads/image/resize.hpp"

namespace lacuna {

Tensor<float> normalise(const Image& image, const Network& network) {
  const std::int64_t pixels = image.height * image.width;
  Tensor<float> input({3, image.height, image.width});
  for (std::int64_t c = 0; c < 3; ++c) {
    const double mean = network.input_mean[static_cast<std::size_t>(c)];
    for (std::int64_t i = 0; i < pixels; ++i) {
      const double sample = image.rgb[static_cast<std::size_t>(3 * i + c)];
      input.data[static_cast<std::size_t>(c * pixels + i)] = static_cast<float>((sample - mean) * network.input_scale);
    }
  }
  return input;
}

namespace {

bool covers(const Image& image, std::int64_t height, std::int64_t width) {
  return image.height >= height && image.width >= width;
}

Image whole_in(const Image& image, std::int64_t height, std::int64_t width) {
  return resize(centre_of_aspect(image, height, width), height, width);
}

/// 8/7 of a side of the input, to the nearest pixel: 256 for 224.
std::int64_t with_margin(std::int64_t side) { return (16 * side + 7) / 14; }

}  // namespace

Image fitted(const Image& image, const Network& network) {
  const std::int64_t height = network.input.H;
  const std::int64_t width = network.input.W;
  if (!network.crop || !covers(image, height, width)) return whole_in(image, height, width);
  if (!covers(image, with_margin(height), with_margin(width))) return centre_of(image, height, width);
  return centre_of(whole_in(image, with_margin(height), with_margin(width)), height, width);
}

Tensor<float> load_input_image(const std::string& file, const Network& network) {
  if (network.input.C != 3) {
    fail_input(file + ": an image of 3 channels found; network " + network.name + " wants " +
               std::to_string(network.input.C));
  }
  return normalise(fitted(read_image(file), network), network);
}

}  // namespace lacuna
