// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/random_layer.hpp"

namespace lacuna::test {
namespace {

/// Compares two runs as integers, without tolerance.
void expect_equal(const LayerRun& clocked, const LayerRun& event) {
  ASSERT_EQ(clocked.passes.size(), event.passes.size());
  for (std::size_t pass = 0; pass < clocked.passes.size(); ++pass) {
    ASSERT_EQ(clocked.passes[pass].start_without_link, event.passes[pass].start_without_link) << "pass " << pass;
    ASSERT_EQ(clocked.passes[pass].start, event.passes[pass].start) << "pass " << pass;
    ASSERT_EQ(clocked.passes[pass].filters_sent, event.passes[pass].filters_sent) << "pass " << pass;
    ASSERT_EQ(clocked.passes[pass].end, event.passes[pass].end) << "pass " << pass;
  }
  EXPECT_EQ(clocked.total_cycles, event.total_cycles);
  EXPECT_EQ(clocked.processing_cycles, event.processing_cycles);
  EXPECT_EQ(clocked.counts, event.counts);
  EXPECT_EQ(clocked.stall_cycles, event.stall_cycles);
  EXPECT_EQ(clocked.activity.bus_stalls, event.activity.bus_stalls);
  ASSERT_EQ(clocked.activity.pes.size(), event.activity.pes.size());
  for (std::size_t pe = 0; pe < clocked.activity.pes.size(); ++pe) {
    const PeActivity& c = clocked.activity.pes[pe];
    const PeActivity& e = event.activity.pes[pe];
    EXPECT_EQ(c.performed, e.performed) << "PE " << pe;
    EXPECT_EQ(c.gated, e.gated) << "PE " << pe;
    EXPECT_EQ(c.filler_performed, e.filler_performed) << "PE " << pe;
    EXPECT_EQ(c.filler_gated, e.filler_gated) << "PE " << pe;
    EXPECT_EQ(c.stalls, e.stalls) << "PE " << pe;
    EXPECT_EQ(c.idle, e.idle) << "PE " << pe;
  }
  EXPECT_EQ(clocked.ofmap, event.ofmap);
}

class Levels : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Levels, AgreeOnEveryEdgeCountAndWordOfRandomLayers) {
  constexpr std::uint64_t kSeeds = 500;
  for (std::uint64_t seed = GetParam(); seed < GetParam() + kSeeds; ++seed) {
    const LayerCase layer = random_layer(seed);
    try {
      expect_equal(layer.run(), layer.run_event());
    } catch (const Error& error) {
      FAIL() << error.what() << "\n" << describe(layer);
    }
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed << ": " << describe(layer);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Levels, testing::Values(10000, 20000, 30000, 40000));

}  // namespace
}  // namespace lacuna::test
