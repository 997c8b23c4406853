// SPDX-License-Identifier: Apache-2.0
#include "hw/array/event_psums.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

/// One ofmap tile of 2 channels of 1 x 2 words, from 3 ifmap words of 1 channel and filters of 1 x 2.
struct TwoChannels : LayerSchedule {
  TwoChannels() {
    FeatureTile ofmap;
    ofmap.channels = 2;
    ofmap.columns = 2;
    ofmap_tiles = {ofmap};
    FeatureTile ifmap;
    ifmap.columns = 3;
    ifmap_tiles = {ifmap};
  }
  std::vector<std::int64_t> filter_positions(std::int64_t) const override { return {0, 1, 2, 3}; }
  AccumulationOrder accumulation_order() const override { return {{1, 0}}; }
};

struct EventPsumsTest : testing::Test {
  EventPsumsTest() {
    buffer.take_ifmap(schedule.ifmap_tiles[0], 0, std::vector<StoredWord>{3, -1, 2});
    buffer.ifmap_complete(schedule.ifmap_tiles[0]);
    buffer.take_filters(0, schedule.filter_positions(0), std::vector<StoredWord>{1, 2, 10, 20});
  }
  static LayerShape shape() {
    LayerShape shape;
    shape.M = 2;
    shape.W = 3;
    shape.S = 2;
    return shape;
  }
  TwoChannels schedule;
  Arithmetic arithmetic;
  std::unique_ptr<Mac> mac = Registry<MacDatapath>::instance().find("bit_parallel")->set_up({arithmetic, {}});
  EventBuffer buffer{shape(), {}};
  EventPsums psums{shape(), schedule, *mac, arithmetic, buffer};
};

TEST_F(EventPsumsTest, SumTheProductsOfTheOperandsThatHaveArrived) {
  psums.add({0, 0, 2, 0, 1, 0, 2});  // both filters, the first tap, both outputs
  psums.add({0, 0, 2, 1, 1, 0, 2});
  psums.expect_complete(0);
  // 3 x 1 - 1 x 2 = 1; -1 x 1 + 2 x 2 = 3; ten times as much in the other channel.
  EXPECT_EQ(psums.compute(0), (std::vector<Word>{1, 3, 10, 30}));
}

TEST_F(EventPsumsTest, ADrainedTileHasEveryProductOnce) {
  EXPECT_EQ(error_of([&] { psums.expect_complete(0); }), "ofmap tile 0 is drained after 0 of 8 products");
  psums.add({0, 0, 1, 0, 2, 0, 2});
  EXPECT_EQ(error_of([&] { psums.expect_complete(0); }), "ofmap tile 0 is drained after 4 of 8 products");
  psums.add({0, 1, 1, 0, 2, 0, 2});
  EXPECT_EQ(error_of([&] { psums.expect_complete(0); }), "no error");
}

TEST_F(EventPsumsTest, TapsComeInTheirOrderNoneLeftOutNoneTwice) {
  EXPECT_EQ(error_of([&] {
              psums.add({0, 0, 2, 1, 1, 0, 2});
            }),
            "ofmap tile 0: a pass adds taps from 1 on, but 0 have been added");
  psums.add({0, 1, 1, 0, 1, 0, 2});
  EXPECT_EQ(error_of([&] {
              psums.add({0, 1, 1, 0, 1, 0, 2});
            }),
            "ofmap tile 0: a pass adds taps from 0 on, but 1 have been added");
}

TEST_F(EventPsumsTest, APassMustFindItsTilesInTheBuffer) {
  EXPECT_EQ(error_of([&] { buffer.expect(schedule.ifmap_tiles[0], 0); }), "no error");
  EXPECT_EQ(
      error_of([&] { buffer.expect(schedule.ifmap_tiles[0], 1); }),
      "a pass works on the ifmap tile at image 0, channel 0, row 0 and filter tile 1, but the ifmap tile at image 0, "
      "channel 0, row 0 and filter tile 0 lie in the global buffer");
  FeatureTile other = schedule.ifmap_tiles[0];
  other.row = 4;
  EXPECT_NE(error_of([&] { buffer.expect(other, 0); }), "no error");
}

}  // namespace
}  // namespace lacuna
