// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "workloads/reference/float_sums.hpp"
#include "workloads/reference/kernels.hpp"

namespace lacuna {

namespace {

/// Copies what one filter word meets of a row of the ifmap into the tiles: position `first` + f meets column
/// f x U + offset.
void unroll_row(const LayerShape& s, const float* row, std::int64_t offset, std::int64_t first, std::int64_t taps,
                float* tiles) {
  std::int64_t position = first;
  float* tile = tiles + position / kTilePositions * taps * kTilePositions;
  for (std::int64_t f = 0; f < s.F(); ++f, ++position) {
    if (f > 0 && position % kTilePositions == 0) tile += taps * kTilePositions;
    const std::int64_t x = f * s.U + offset;
    if (x >= 0 && x < s.W) tile[position % kTilePositions] = row[x];
  }
}

/// The ifmap words that meet each filter word of one group: [tile of positions][filter word c r s][position], zero
/// where padding or the end of the last tile stands.
std::vector<float> unroll(const LayerShape& s, const float* ifmap) {
  const std::int64_t taps = s.C * s.R * s.S;
  const std::int64_t positions = s.E() * s.F();
  std::vector<float> tiles(static_cast<std::size_t>(ceil_div(positions, kTilePositions) * taps * kTilePositions));
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    const std::int64_t c = tap / (s.R * s.S);
    const std::int64_t r = tap / s.S % s.R;
    const std::int64_t column = tap % s.S;
    for (std::int64_t e = 0; e < s.E(); ++e) {
      const std::int64_t y = e * s.U + r * s.D - s.P;
      if (y < 0 || y >= s.H) continue;
      unroll_row(s, ifmap + (c * s.H + y) * s.W, column * s.D - s.P, e * s.F(), taps,
                 tiles.data() + tap * kTilePositions);
    }
  }
  return tiles;
}

/// Products of zero change no sum: no sum is ever -0.
std::vector<FilterTap> taps_of(const float* filter, std::int64_t count) {
  std::vector<FilterTap> taps;
  for (std::int64_t tap = 0; tap < count; ++tap) {
    if (filter[tap] != 0.0F) taps.push_back({static_cast<std::int32_t>(tap), filter[tap]});
  }
  return taps;
}

}  // namespace

void float_conv(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap) {
  const LayerShape s = layer.shape(1);
  const std::int64_t taps = s.C * s.R * s.S;
  const std::int64_t positions = s.E() * s.F();
  const std::int64_t filters = s.M / s.G;
  for (std::int64_t g = 0; g < s.G; ++g) {
    const std::vector<float> tiles = unroll(s, ifmap.data.data() + g * s.C * s.H * s.W);
    std::vector<std::vector<FilterTap>> kept;
    for (std::int64_t m = g * filters; m < (g + 1) * filters; ++m) {
      kept.push_back(taps_of(weights.weights.data.data() + m * taps, taps));
    }
    for (std::int64_t first = 0; first < positions; first += kTilePositions) {  // a tile stays in the host's cache
      const std::int64_t width = std::min(kTilePositions, positions - first);
      for (std::int64_t m = g * filters; m < (g + 1) * filters; ++m) {
        const std::vector<FilterTap>& filter = kept[static_cast<std::size_t>(m - g * filters)];
        float sums[kTilePositions];
        sum_taps(filter.data(), filter.size(), tiles.data() + first * taps, sums);
        const float bias = weights.bias.data[static_cast<std::size_t>(m)];
        float* const to = ofmap.data.data() + m * positions + first;
        for (std::int64_t i = 0; i < width; ++i) to[i] = sums[i] + bias;
      }
    }
  }
}

}  // namespace lacuna
