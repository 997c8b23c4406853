// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/input_image.hpp"

#include "hw/base/error.hpp"

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

/// The middle of a larger image; of an odd rest, the larger half is cut off at the bottom and on the right.
Image centre_of(const Image& image, const MapShape& wanted) {
  constexpr std::int64_t kSamples = 3;
  Image centre;
  centre.height = wanted.H;
  centre.width = wanted.W;
  const std::int64_t top = (image.height - wanted.H) / 2;
  const std::int64_t left = (image.width - wanted.W) / 2;
  for (std::int64_t y = top; y < top + wanted.H; ++y) {
    const auto row = image.rgb.begin() + (y * image.width + left) * kSamples;
    centre.rgb.insert(centre.rgb.end(), row, row + wanted.W * kSamples);
  }
  return centre;
}

}  // namespace

Tensor<float> load_input_image(const std::string& file, const Network& network) {
  const MapShape& wanted = network.input;
  if (wanted.C != 3) {
    fail_input(file + ": an image of 3 channels found; network " + network.name + " wants " + std::to_string(wanted.C));
  }
  Image image = read_png(file);
  if (network.crop && image.height >= wanted.H && image.width >= wanted.W) image = centre_of(image, wanted);
  if (image.height != wanted.H || image.width != wanted.W) {
    fail_input(file + ": an image of " + std::to_string(image.width) + " x " + std::to_string(image.height) +
               " pixels (width x height) found; network " + network.name + " wants " + std::to_string(wanted.W) +
               " x " + std::to_string(wanted.H) + ", and images are not resized");
  }
  return normalise(image, network);
}

}  // namespace lacuna
