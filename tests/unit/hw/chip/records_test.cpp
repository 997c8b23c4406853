// SPDX-License-Identifier: Apache-2.0
// What a run records when it is asked to: transfers, spans of passes, and what lies in the global buffer when.
#include <gtest/gtest.h>

#include "hw/chip/buffer_stay.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// One PE, two filters of one MAC each, a pass for each; a word takes 5 cycles on the link. The edges of its passes are
/// worked out in layer_timing_test.cpp: pass 0 starts at 10 and ends at 19; pass 1 could start at 15, starts at 16 and
/// ends at 25.
RowStationaryLayer two_passes() {
  RowStationaryLayer c;
  c.shape.M = 2;
  c.map().m = 2;
  c.chip.dram_link.clock_khz = 40000;
  return c;
}

TEST(Records, OfAPassAreItsWaitForTheLinkItsStallsAndWhatFollowsUpToTheNext) {
  for (const LayerRun& run : {two_passes().run(), two_passes().run_event()}) {
    ASSERT_EQ(run.activity.stall_causes, (std::vector<std::string>{"filter", "ifmap", "psum", "link"}));
    ASSERT_EQ(run.activity.passes.size(), 2U);
    // Edges 0 to 14: link 0 to 9, filters 10 and 11 (sent 10, may issue 12), ifmap 12 and 13, MAC 14.
    EXPECT_EQ(run.activity.passes[0], (PassActivity{0, 15, {2, 2, 0, 10}, 0}));
    // Edges 15 to 25: link 15, filters 16 and 17, ifmap 18 and 19, MAC 20, nothing left to do 21 to 25.
    EXPECT_EQ(run.activity.passes[1], (PassActivity{15, 11, {2, 2, 0, 1}, 5}));
  }
}

TEST(Records, OfTransfersSayWhenTheyCouldHaveRunAndWhenTheyDid) {
  for (const LayerRun& run : {two_passes().run(), two_passes().run_event()}) {
    ASSERT_EQ(run.transfers.size(), 4U);
    EXPECT_EQ(run.transfers[0], (TransferRecord{0, 0, 5, 1}));     // filters of pass 0
    EXPECT_EQ(run.transfers[1], (TransferRecord{0, 5, 10, 1}));    // ifmap: could run at once, but the link is busy
    EXPECT_EQ(run.transfers[2], (TransferRecord{11, 11, 16, 1}));  // filters of pass 1: those of pass 0 are sent at 10
    EXPECT_EQ(run.transfers[3], (TransferRecord{26, 26, 31, 1}));  // ofmap: pass 1 ends at 25
  }
}

TEST(Records, AreMadeOnRequestAlone) {
  RowStationaryLayer c = two_passes();
  const LayerCase::Words words = c.words();
  const std::unique_ptr<LayerSchedule> schedule = c.schedule();
  for (LayerRun (*run)(const ChipConfig&, const LayerJob&, RunHooks&) : {run_clocked, run_event}) {
    RunHooks hooks;
    const LayerRun plain = run(c.chip, c.job(*schedule, words), hooks);
    EXPECT_TRUE(plain.transfers.empty());
    EXPECT_TRUE(plain.activity.passes.empty());
  }
}

TEST(BufferStays, LastFromTheFillToTheEventThatMakesRoom) {
  RowStationaryLayer c = two_passes();
  const LayerRun run = c.run();
  const std::vector<BufferStay> stays = buffer_stays(*c.schedule(), run.passes, run.transfers);
  const auto expect = [](const BufferStay& stay, BufferContent content, std::int64_t first, std::int64_t end,
                         std::int64_t words) {
    EXPECT_EQ(stay.content, content);
    EXPECT_EQ(stay.first, first);
    EXPECT_EQ(stay.end, end);
    EXPECT_EQ(stay.words, words);
  };
  ASSERT_EQ(stays.size(), 4U);
  expect(stays[0], BufferContent::ifmap, 5, 26, 1);    // to the end of the last pass
  expect(stays[1], BufferContent::filter, 0, 11, 1);   // to the last beat of pass 0, at 10
  expect(stays[2], BufferContent::filter, 11, 17, 1);  // to the last beat of pass 1, at 16
  expect(stays[3], BufferContent::psum, 10, 31, 2);    // from the start of pass 0 to the end of the drain
}

}  // namespace
}  // namespace lacuna::test
