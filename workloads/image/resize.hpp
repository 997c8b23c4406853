// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/image/image.hpp"

namespace lacuna {

/// The middle of an image, height x width pixels of it, at most as many as it has. Of an odd rest, the larger half is
/// cut off at the bottom and on the right.
Image centre_of(const Image& image, std::int64_t height, std::int64_t width);

/// The largest middle of an image whose sides are as height to width, rounded to whole pixels (a half up), one at
/// least.
Image centre_of_aspect(const Image& image, std::int64_t height, std::int64_t width);

/// An image of height x width pixels that shows all of `image`; one that has that size stays as it is.
///
/// Rows are resized, then columns, each by itself. With n pixels becoming m, pixel j of the new ones lies at
/// (j + 1/2) n / m and is the mean of the old ones around it (at i + 1/2), with weights that fall linearly from 1 there
/// to 0 at a distance of max(n / m, 1): linear interpolation where the image grows; where it shrinks, the triangle is
/// as much wider, so that every old pixel counts and none aliases. Beyond the edge there are no pixels: the weights of
/// those there are add up to 1. (Bilinear with antialiasing, as Pillow and torchvision call it.)
///
/// In integers only, hence with the same bits on every host: weights are exact, times 2 m; rows are rounded to 1/256 of
/// a step, columns to 8 bits, a half up. A constant image stays constant, a mirrored one becomes the mirrored result.
Image resize(const Image& image, std::int64_t height, std::int64_t width);

}  // namespace lacuna
