// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/config.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

TEST(RowStationaryConfig, BusesCarryAsManyWholeWordsABeatAsTheirWidthHolds) {
  RowStationaryConfig config;
  const RowStationaryUnits at_16 = config.units(16, 16, 16);
  EXPECT_EQ(at_16.filter_lanes, 4);  // 64 / 16
  EXPECT_EQ(at_16.ifmap_lanes, 1);   // 16 / 16
  EXPECT_EQ(at_16.psum_lanes, 4);    // 64 / 16
  const RowStationaryUnits mixed = config.units(5, 6, 20);
  EXPECT_EQ(mixed.filter_lanes, 12);  // 64 / 5 = 12.8
  EXPECT_EQ(mixed.ifmap_lanes, 2);    // 16 / 6 = 2.7
  EXPECT_EQ(mixed.psum_lanes, 3);     // 64 / 20 = 3.2
}

TEST(RowStationaryConfig, ABusNarrowerThanAWordIsRefused) {
  RowStationaryConfig config;
  config.ifmap_bus_bits = 16;
  EXPECT_EQ(config.units(16, 16, 16).ifmap_lanes, 1);
  config.ifmap_bus_bits = 15;
  EXPECT_EQ(error_of([&] { config.units(16, 16, 16); }),
            "/chip/array/ifmap_bus_bits: a beat of 15 bits carries 0 ifmap words of 16 bits; allowed 1 to 32");
}

TEST(RowStationaryConfig, ABeatOf32WordsIsAllowedAndOneOf33Refused) {
  RowStationaryConfig config;
  config.filter_bus_bits = 64;
  EXPECT_EQ(config.units(2, 16, 16).filter_lanes, 32);  // narrow weights on Eyeriss's filter bus: 64 / 2
  EXPECT_EQ(config.units(1, 16, 16).filter_lanes, 32);  // of one bit it brings no more
  config.filter_bus_bits = 132;
  EXPECT_EQ(error_of([&] { config.units(4, 16, 16); }),
            "/chip/array/filter_bus_bits: a beat of 132 bits carries 33 filter words of 4 bits; allowed 1 to 32");
}

TEST(RowStationaryConfig, ABeatBringsNoMoreNarrowActivationsThanAFifoHolds) {
  RowStationaryConfig config;
  config.ifmap_bus_bits = 16;
  config.ifmap_fifo_words = 4;
  EXPECT_EQ(config.units(16, 4, 16).ifmap_lanes, 4);
  EXPECT_EQ(config.units(16, 1, 16).ifmap_lanes, 4);  // 16 would fit the bus
}

TEST(RowStationaryConfig, AnIfmapFifoHoldsAtLeastTheWordsOfOneBeat) {
  RowStationaryConfig config;
  config.ifmap_bus_bits = 64;
  config.ifmap_fifo_words = 4;
  EXPECT_EQ(config.units(16, 16, 16).ifmap_lanes, 4);
  config.ifmap_fifo_words = 3;
  EXPECT_EQ(error_of([&] { config.units(16, 16, 16); }),
            "/chip/array/ifmap_fifo_words: found 3; allowed at least 4, the words of one ifmap beat, which may all be "
            "for one PE");
}

TEST(RowStationaryConfig, NamesOfTheFileMeanTheOrdersAndTheGatingOfTheUnits) {
  RowStationaryConfig config;
  EXPECT_EQ(config.units(16, 16, 16).overlap, PassOverlap::after_last_multiply);
  EXPECT_EQ(config.units(16, 16, 16).psum_order, PsumOrder::beat_major);
  EXPECT_EQ(config.units(16, 16, 16).ifmap_order, IfmapOrder::column_major);
  config.pass_overlap = "barrier";
  config.psum_order = "column_major";
  config.ifmap_order = "row_major";
  EXPECT_EQ(config.units(16, 16, 16).overlap, PassOverlap::barrier);
  EXPECT_EQ(config.units(16, 16, 16).psum_order, PsumOrder::column_major);
  EXPECT_EQ(config.units(16, 16, 16).ifmap_order, IfmapOrder::row_major);
  const auto gates = [&config](const char* gate_on) {
    config.gate_on = gate_on;
    return std::pair<bool, bool>(config.gating().on_activation, config.gating().on_weight);
  };
  EXPECT_EQ(gates("none"), std::make_pair(false, false));
  EXPECT_EQ(gates("activation"), std::make_pair(true, false));
  EXPECT_EQ(gates("weight"), std::make_pair(false, true));
  EXPECT_EQ(gates("either"), std::make_pair(true, true));
}

}  // namespace
}  // namespace lacuna::test
