// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "workloads/reference/kernels.hpp"

namespace lacuna {

namespace {

// Output positions side by side in one tile, and output channels that share a load of the tile: 4 x 8 sums stay in
// registers. Neither changes the order in which one sum is added up.
constexpr std::int64_t kTile = 8;
constexpr std::int64_t kRows = 4;

/// The ifmap words that meet each filter word of one group: [tile of positions][filter word c r s][position], zero
/// where padding or the end of the last tile stands.
std::vector<float> unroll(const LayerShape& s, const float* ifmap) {
  const std::int64_t taps = s.C * s.R * s.S;
  const std::int64_t positions = s.E() * s.F();
  std::vector<float> tiles(static_cast<std::size_t>(ceil_div(positions, kTile) * taps * kTile), 0.0f);
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    const std::int64_t c = tap / (s.R * s.S);
    const std::int64_t r = tap / s.S % s.R;
    const std::int64_t column = tap % s.S;
    for (std::int64_t e = 0; e < s.E(); ++e) {
      const std::int64_t y = e * s.U + r * s.D - s.P;
      if (y < 0 || y >= s.H) continue;
      for (std::int64_t f = 0; f < s.F(); ++f) {
        const std::int64_t x = f * s.U + column * s.D - s.P;
        if (x < 0 || x >= s.W) continue;
        const std::int64_t position = e * s.F() + f;
        tiles[static_cast<std::size_t>((position / kTile * taps + tap) * kTile + position % kTile)] =
            ifmap[(c * s.H + y) * s.W + x];
      }
    }
  }
  return tiles;
}

/// sums[row][position] = the sum over taps of filters[row][tap] x tile[tap][position].
template <std::int64_t rows>
void multiply(const float* filters, const float* tile, std::int64_t taps, float* sums) {
  float sum[rows][kTile] = {};
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for (std::int64_t row = 0; row < rows; ++row) {
      const float weight = filters[row * taps + tap];
      for (std::int64_t i = 0; i < kTile; ++i) sum[row][i] += weight * tile[tap * kTile + i];
    }
  }
  std::copy(&sum[0][0], &sum[0][0] + rows * kTile, sums);
}

}  // namespace

void float_conv(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap) {
  const LayerShape s = layer.shape(1);
  const std::int64_t taps = s.C * s.R * s.S;
  const std::int64_t positions = s.E() * s.F();
  const std::int64_t filters = s.M / s.G;
  for (std::int64_t g = 0; g < s.G; ++g) {
    const std::vector<float> tiles = unroll(s, ifmap.data.data() + g * s.C * s.H * s.W);
    for (std::int64_t first = 0; first < positions; first += kTile) {
      const float* tile = tiles.data() + first * taps;
      const std::int64_t width = std::min(kTile, positions - first);
      for (std::int64_t m = g * filters; m < (g + 1) * filters;) {
        float sums[kRows * kTile];
        const std::int64_t rows = m + kRows <= (g + 1) * filters ? kRows : 1;
        const float* filter = weights.weights.data.data() + m * taps;
        rows == kRows ? multiply<kRows>(filter, tile, taps, sums) : multiply<1>(filter, tile, taps, sums);
        for (const std::int64_t end = m + rows; m < end; ++m) {
          const float* row = sums + (m - end + rows) * kTile;
          for (std::int64_t i = 0; i < width; ++i) {
            ofmap.data[static_cast<std::size_t>(m * positions + first + i)] =
                row[i] + weights.bias.data[static_cast<std::size_t>(m)];
          }
        }
      }
    }
  }
}

}  // namespace lacuna
