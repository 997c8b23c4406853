// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"

#include <gtest/gtest.h>

#include "hw/array/lane_skip/schedule.hpp"
#include "hw/array/mapping_space.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/lane_skip_layer.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

TEST(LaneSkipMapping, CutsWhatExceedsTheSynapseBufferIntoFilterTiles) {
  // fc6 of AlexNet: 75 MB of filters, 32 MB of synapse buffer.
  LaneSkipLayer layer;
  layer.chip.global_buffer.banks = 16;
  layer.chip.global_buffer.filter_banks = 128;
  layer.chip.global_buffer.bank_bytes = 262144;
  layer.shape = {1, 4096, 256, 1, 6, 6, 6, 6, 1, 0};
  const LaneSkipMapping map = default_lane_skip_mapping(layer.context());
  EXPECT_EQ(map.c, 256);
  EXPECT_LE(map.m * 9216 * 2, 128 * 262144);
  EXPECT_EQ(map.m % 256, 0) << "whole folds";
  const LaneSkipSchedule schedule(layer.context(), map);
  EXPECT_EQ(schedule.filter_tiles, schedule.passes);
  EXPECT_EQ(schedule.active_pes, 4096);
}

TEST(LaneSkipMapping, NamesTheCapacityThatTheSmallestOneBreaks) {
  LaneSkipLayer layer;
  layer.chip.global_buffer.filter_banks = 1;
  layer.chip.global_buffer.bank_bytes = 8;
  layer.shape = {1, 1, 1, 1, 3, 3, 3, 3, 1, 0};
  EXPECT_EQ(error_of([&] { default_lane_skip_mapping(layer.context()); }),
            "no mapping fits: even with m = n = e = c = 1, banks for 9 filter words of a pass = 3 banks, but "
            "/chip/global_buffer/filter_banks gives 1");
}

TEST(LaneSkipCost, HasTheProcessingCyclesOfTheMachineOnDataWithoutZerosButForWaitsForADecoder) {
  int cases = 0;
  for (std::int64_t seed = 0; seed < 1000; ++seed) {
    LayerCase c = random_case(seed, "lane_skip");
    if (c.shape.P != 0) continue;  // padding is zeros
    c.zero_percent = 0;
    if (!c.legal()) continue;
    const ArrayKind& kind = c.chip.array.array();
    const std::unique_ptr<ArrayMapping> mapping = c.mapping ? c.mapping->clone() : kind.default_mapping(c.context());
    const LayerRun run = c.run_event();
    const std::int64_t waits = run.activity.pes.at(0).stalls.at(3);  // it has a part in every pass
    ASSERT_EQ(kind.cost(c.context(), *mapping).cycles + waits, run.processing_cycles) << to_json(c);
    ++cases;
  }
  EXPECT_GT(cases, 150);
}

}  // namespace
}  // namespace lacuna::test
