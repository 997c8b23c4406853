// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/random_layer.hpp"

namespace lacuna::test {
namespace {

class RandomLayers : public testing::TestWithParam<std::uint64_t> {};

/// The laws are checked within each run.
TEST_P(RandomLayers, TheOfmapInDramEqualsPlainLoopsAndEveryLawHolds) {
  constexpr std::uint64_t kSeeds = 250;
  for (std::uint64_t seed = GetParam(); seed < GetParam() + kSeeds; ++seed) {
    const LayerCase layer = random_layer(seed);
    try {
      ASSERT_EQ(layer.run().ofmap, layer.expected()) << describe(layer);
    } catch (const Error& error) {
      FAIL() << error.what() << "\n" << describe(layer);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLayers, testing::Values(0, 250, 500, 750));

}  // namespace
}  // namespace lacuna::test
