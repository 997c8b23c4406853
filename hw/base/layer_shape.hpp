// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lacuna {

/// Shape of one convolution (an FC layer is a convolution whose filter covers the whole ifmap, so E = F = 1), in the
/// letters of Sze et al., Proc. IEEE 2017, Table I.
struct LayerShape {
  std::int64_t N = 1;  ///< images in the batch
  std::int64_t M = 1;  ///< ofmap channels, all groups together
  std::int64_t C = 1;  ///< ifmap channels of one group
  std::int64_t G = 1;  ///< groups; M is a multiple of G
  std::int64_t H = 1;  ///< ifmap height without padding
  std::int64_t W = 1;  ///< ifmap width without padding
  std::int64_t R = 1;  ///< filter height
  std::int64_t S = 1;  ///< filter width
  std::int64_t U = 1;  ///< stride, vertical and horizontal
  std::int64_t P = 0;  ///< padding on each of the four sides
  std::int64_t D = 1;  ///< dilation: ifmap rows, and columns, from one filter word to the next

  std::int64_t padded_height() const { return H + 2 * P; }
  std::int64_t padded_width() const { return W + 2 * P; }
  std::int64_t span_height() const { return D * (R - 1) + 1; }                  ///< ifmap rows that the filter spans
  std::int64_t span_width() const { return D * (S - 1) + 1; }                   ///< ifmap columns that the filter spans
  std::int64_t E() const { return (padded_height() - span_height()) / U + 1; }  ///< ofmap height
  std::int64_t F() const { return (padded_width() - span_width()) / U + 1; }    ///< ofmap width
  std::int64_t ifmap_words() const { return C * G * H * W; }                    ///< of one image, without padding
  std::int64_t padded_ifmap_words() const { return C * G * padded_height() * padded_width(); }
  std::int64_t ofmap_words() const { return M * E() * F(); }  ///< of one image
  std::int64_t filter_words() const { return M * C * R * S; }
  /// Algebraic MACs of the whole batch; products with padding zeros included, as the literature counts them.
  std::int64_t macs() const { return N * ofmap_words() * C * R * S; }
};

/// Smallest integer not below a / b, for a >= 0 and b > 0.
constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

}  // namespace lacuna
