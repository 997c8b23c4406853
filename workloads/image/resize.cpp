// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/resize.hpp"

#include <algorithm>
#include <cstdlib>

namespace lacuna {

namespace {

constexpr std::int64_t kChannels = 3;
constexpr std::int64_t kStep = 256;  ///< of a sample between rows and columns

/// The old pixels that a new one is the mean of: a weight each, from `first` on.
struct Taps {
  std::int64_t first = 0;
  std::vector<std::int64_t> weights;
  std::int64_t sum = 0;
};

/// Those of each of m new pixels on a line of n old ones. All distances are in 1 / (2 m) of an old pixel, which makes
/// them whole numbers: old pixel i lies at (2 i + 1) m, new pixel j at (2 j + 1) n, the triangle reaches 2 max(n, m)
/// far.
std::vector<Taps> taps_of(std::int64_t n, std::int64_t m) {
  const std::int64_t reach = 2 * std::max(n, m);
  std::vector<Taps> all(static_cast<std::size_t>(m));
  for (std::int64_t j = 0; j < m; ++j) {
    Taps& taps = all[static_cast<std::size_t>(j)];
    const std::int64_t centre = (2 * j + 1) * n;
    taps.first = std::max<std::int64_t>(0, (centre - reach) / (2 * m) - 1);  // no more than two without weight
    for (std::int64_t i = taps.first; i < n; ++i) {
      const std::int64_t weight = reach - std::abs((2 * i + 1) * m - centre);
      if (weight > 0) {
        taps.weights.push_back(weight);
        taps.sum += weight;
      } else if (taps.weights.empty()) {
        taps.first = i + 1;
      } else {
        break;
      }
    }
  }
  return all;
}

/// scale / divisor x the mean of what lies `stride` apart, rounded, a half up. Nothing overflows: the weights of 8192
/// pixels that become one add up to 2^27, and samples times scale stay below 2^16.
template <class Sample>
std::int64_t mean(const Sample* line, std::int64_t stride, const Taps& taps, std::int64_t scale, std::int64_t divisor) {
  std::int64_t sum = 0;
  const Sample* sample = line + taps.first * stride;
  for (const std::int64_t weight : taps.weights) {
    sum += weight * *sample;
    sample += stride;
  }
  const std::int64_t whole = taps.sum * divisor;
  return (2 * sum * scale + whole) / (2 * whole);
}

/// Each row by itself: height x `width`, in 1 / kStep.
std::vector<std::uint16_t> resize_rows(const Image& image, std::int64_t width) {
  const std::vector<Taps> taps = taps_of(image.width, width);
  std::vector<std::uint16_t> rows;
  rows.reserve(static_cast<std::size_t>(image.height * width * kChannels));
  for (std::int64_t y = 0; y < image.height; ++y) {
    const std::uint8_t* line = image.rgb.data() + y * image.width * kChannels;
    for (const Taps& pixel : taps) {
      for (std::int64_t c = 0; c < kChannels; ++c) {
        rows.push_back(static_cast<std::uint16_t>(mean(line + c, kChannels, pixel, kStep, 1)));
      }
    }
  }
  return rows;
}

}  // namespace

Image centre_of(const Image& image, std::int64_t height, std::int64_t width) {
  Image centre;
  centre.height = height;
  centre.width = width;
  centre.rgb.reserve(static_cast<std::size_t>(height * width * kChannels));
  const std::int64_t top = (image.height - height) / 2;
  const std::int64_t left = (image.width - width) / 2;
  for (std::int64_t y = top; y < top + height; ++y) {
    const auto row = image.rgb.begin() + (y * image.width + left) * kChannels;
    centre.rgb.insert(centre.rgb.end(), row, row + width * kChannels);
  }
  return centre;
}

Image centre_of_aspect(const Image& image, std::int64_t height, std::int64_t width) {
  const auto share = [](std::int64_t side, std::int64_t wanted, std::int64_t of) {
    return std::max<std::int64_t>(1, (2 * side * wanted + of) / (2 * of));
  };
  if (image.width * height > image.height * width) {
    return centre_of(image, image.height, std::min(image.width, share(image.height, width, height)));
  }
  return centre_of(image, std::min(image.height, share(image.width, height, width)), image.width);
}

Image resize(const Image& image, std::int64_t height, std::int64_t width) {
  if (image.height == height && image.width == width) return image;
  const std::vector<std::uint16_t> rows = resize_rows(image, width);
  const std::int64_t stride = width * kChannels;
  Image resized;
  resized.height = height;
  resized.width = width;
  resized.rgb.reserve(static_cast<std::size_t>(height * stride));
  for (const Taps& pixel : taps_of(image.height, height)) {
    for (std::int64_t x = 0; x < stride; ++x) {
      resized.rgb.push_back(static_cast<std::uint8_t>(mean(rows.data() + x, stride, pixel, 1, kStep)));
    }
  }
  return resized;
}

}  // namespace lacuna
