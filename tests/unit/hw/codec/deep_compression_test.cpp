// SPDX-License-Identifier: Apache-2.0
// The sizes of AlexNet under S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, Table 4, from the densities of
// its layers alone: pruned at random places and quantised, before Huffman coding. The figures below are recalled, not
// confirmed against a copy of the paper.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "hw/codec/relative_index.hpp"

namespace lacuna {
namespace {

struct PublishedLayer {
  const char* name;
  std::int64_t weights;
  double density;
  std::int64_t code_bits;
  double rate;  ///< compressed size, % of 32 bits a weight, pruned and quantised
};

// Of ours, less the published, in percentage points: -0.37, -0.16, +0.07, -0.18, -0.06, +0.25, +0.25, -0.20.
const PublishedLayer kLayers[] = {
    {"conv1", 34848, 0.84, 8, 32.6},  {"conv2", 307200, 0.38, 8, 14.5}, {"conv3", 884736, 0.35, 8, 13.1},
    {"conv4", 663552, 0.37, 8, 14.1}, {"conv5", 442368, 0.37, 8, 14.0}, {"fc6", 37748736, 0.09, 5, 3.0},
    {"fc7", 16777216, 0.09, 5, 3.0},  {"fc8", 4096000, 0.25, 5, 7.3},
};
constexpr double kTotalRate = 3.7;
constexpr std::int64_t kRunBits = 4;

/// Entries of `weights` weights, each not zero with probability `density`: a filler ends at each of 16, 32, ... zeros
/// in a row before a code.
double expected_entries(double weights, double density) {
  double per_density = weights;
  for (int fillers = 1; fillers < 256; ++fillers) {  // behind 4096 zeros nothing is left, at a density of 9 %
    const double zeros = 16.0 * fillers;
    per_density += std::max(0.0, weights - zeros) * std::pow(1 - density, zeros);
  }
  return density * per_density;
}

/// Bits of a layer: entries of code and run, and the codebook of 32-bit values.
double bits_of(const PublishedLayer& layer, double entries) {
  return entries * static_cast<double>(layer.code_bits + kRunBits) +
         static_cast<double>((std::int64_t{1} << layer.code_bits) * 32);
}

double rate_of(const PublishedLayer& layer, double entries) {
  return 100 * bits_of(layer, entries) / (32 * static_cast<double>(layer.weights));
}

TEST(DeepCompression, SizesOfAlexNetFollowFromItsDensities) {
  double bits = 0;
  double weights = 0;
  for (const PublishedLayer& layer : kLayers) {
    const double entries = expected_entries(static_cast<double>(layer.weights), layer.density);
    EXPECT_NEAR(rate_of(layer, entries), layer.rate, 0.5) << layer.name;
    bits += bits_of(layer, entries);
    weights += static_cast<double>(layer.weights);
  }
  EXPECT_NEAR(100 * bits / (32 * weights), kTotalRate, 0.5);  // 3.92
}

TEST(DeepCompression, SizesOfRandomTensorsAreThoseExpected) {
  std::mt19937_64 random(11);
  for (const PublishedLayer& layer : kLayers) {
    const std::int64_t sampled = std::min(layer.weights, std::int64_t{1} << 20);
    const auto threshold = static_cast<std::uint32_t>(layer.density * 4294967296.0);
    std::vector<std::uint8_t> codes(static_cast<std::size_t>(sampled), 0);
    for (std::uint8_t& code : codes) code = static_cast<std::uint32_t>(random()) < threshold ? 1 : 0;
    const RelativeIndex index = encode_relative_index(codes, kRunBits);
    const double scale = static_cast<double>(layer.weights) / static_cast<double>(sampled);
    const double rate = rate_of(layer, static_cast<double>(index.entries()) * scale);
    EXPECT_NEAR(rate, layer.rate, 0.5) << layer.name;
    // The number of codes scatters by sqrt((1 - d) / (d n)) of itself, 0.31 % at most: five of those.
    const double expected = rate_of(layer, expected_entries(static_cast<double>(layer.weights), layer.density));
    EXPECT_NEAR(rate, expected, 0.0155 * expected) << layer.name;
  }
}

TEST(DeepCompression, FillersAreWhatSparseLayersPayForShortRuns) {
  // Without fillers fc6 would take 9 % of 9 / 32 bits, 2.53 %; with them 1 / (1 - 0.91^16) = 1.28 entries a code.
  const double entries = expected_entries(37748736, 0.09);
  EXPECT_NEAR(entries / (37748736 * 0.09), 1 / (1 - std::pow(0.91, 16)), 1e-4);
  EXPECT_NEAR(rate_of(kLayers[5], entries), 3.25, 0.005);
}

}  // namespace
}  // namespace lacuna
