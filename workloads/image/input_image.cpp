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

Tensor<float> load_input_image(const std::string& file, const Network& network) {
  const MapShape& wanted = network.input;
  if (wanted.C != 3) {
    fail_input(file + ": an image of 3 channels found; network " + network.name + " wants " + std::to_string(wanted.C));
  }
  const Image image = read_png(file);
  if (image.height != wanted.H || image.width != wanted.W) {
    fail_input(file + ": an image of " + std::to_string(image.width) + " x " + std::to_string(image.height) +
               " pixels (width x height) found; network " + network.name + " wants " + std::to_string(wanted.W) +
               " x " + std::to_string(wanted.H) + ", and images are not resized");
  }
  return normalise(image, network);
}

}  // namespace lacuna
