// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// One PE, one MAC per filter: 1 x 1 filters on a 1 x 1 ifmap, one filter a pass.
RowStationaryLayer one_mac(std::int64_t filters, std::int64_t link_khz) {
  RowStationaryLayer c;
  c.shape.M = filters;
  c.map().m = filters;
  c.chip.dram_link.clock_khz = link_khz;
  return c;
}

TEST(LayerTiming, OneMacGoesFromDramToDramIn22Cycles) {
  const LayerRun run = one_mac(1, 60000).run();
  // Link: filter word 0 + 4 = 4, then ifmap word 4 + 4 = 8. Pass: filters sent 8, ifmap word and zero psum sent 9,
  // word in the FIFO 10, in the spad 11, MAC issued 12, combined 12 + 3 = 15, psum taken 15 + 2 = 17.
  // Link: ofmap word 18 + 4 = 22.
  ASSERT_EQ(run.passes.size(), 1U);
  EXPECT_EQ(run.passes[0].start_without_link, 0);
  EXPECT_EQ(run.passes[0].start, 8);
  EXPECT_EQ(run.passes[0].filters_sent, 8);
  EXPECT_EQ(run.passes[0].end, 17);
  EXPECT_EQ(run.total_cycles, 22);
  EXPECT_EQ(run.array_cycles, 18);
  EXPECT_EQ(run.processing_cycles, 10);  // 18 - 8
  // The PE's 18 cycles: 1 MAC; link 8; filters at 8 and 9 (sent 8, may issue 10); ifmap 10 and 11; idle 13 to 17.
  EXPECT_EQ(run.macs_performed + run.macs_gated, 1);
  EXPECT_EQ(run.stall_cycles.at("link"), 8);
  EXPECT_EQ(run.stall_cycles.at("filter"), 2);
  EXPECT_EQ(run.stall_cycles.at("ifmap"), 2);
  EXPECT_EQ(run.stall_cycles.at("psum"), 0);
  EXPECT_EQ(run.activity.pes.at(0).idle, 5);
}

TEST(LayerTiming, FiltersOfTheNextPassAreFetchedWhileTheArrayWorks) {
  // 50 MHz, 4 cycles a word: filters of pass 1 from 8 + 1, there at 13; pass 1 may start once the MAC of pass 0 has
  // issued, at 12 + 1 = 13. No cycle is lost.
  const LayerRun run = one_mac(2, 50000).run();
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[1].start_without_link, 13);
  EXPECT_EQ(run.passes[1].start, 13);
}

TEST(LayerTiming, FiltersThatComeLateDelayThePassByTheCyclesThatTheyAreLate) {
  // 40 MHz, 5 cycles a word: filter 5, ifmap 10, pass 0 starts at 10. Filters of pass 1 from 11, there at 16; the MAC
  // of pass 0 issues at 14, so pass 1 could start at 15: it waits one cycle for the link.
  const LayerRun run = one_mac(2, 40000).run();
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[0].start, 10);
  EXPECT_EQ(run.passes[0].end, 19);
  EXPECT_EQ(run.passes[1].start_without_link, 15);
  EXPECT_EQ(run.passes[1].start, 16);
  // Its MAC issues at 20. Its psum is sent when pass 0 has ended, at 20, and combined at max(20 + 3, 20 + 2) = 23.
  EXPECT_EQ(run.passes[1].end, 25);
  EXPECT_EQ(run.total_cycles, 31);       // both ofmap words in one link word: 26 + 5
  EXPECT_EQ(run.processing_cycles, 15);  // 26 - 10 - 1
  EXPECT_EQ(run.stall_cycles.at("link"), 11);
}

TEST(LayerTiming, WithABarrierAPassStartsWhenTheOneBeforeHasEnded) {
  RowStationaryLayer c = one_mac(2, 50000);
  c.array().pass_overlap = "barrier";
  const LayerRun run = c.run();
  EXPECT_EQ(run.passes.at(0).end, 17);
  EXPECT_EQ(run.passes.at(1).start, 18);
  EXPECT_EQ(run.passes.at(1).end, 27);  // every pass takes 10 cycles
}

TEST(LayerTiming, AnOfmapTileDrainsBeforeTheNextIfmapTileComes) {
  // Two images, a pass each, at 200 MHz core and link: a word a cycle.
  RowStationaryLayer c = one_mac(1, 200000);
  c.shape.N = 2;
  const LayerRun run = c.run();
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[0].start, 2);  // filter word 1, ifmap word 2
  EXPECT_EQ(run.passes[0].end, 11);   // + 9
  // Filters of pass 1 come at 4. Pass 1 could start at 7, after the MAC at 6, but its ifmap tile waits for the drain of
  // pass 0, from 12 to 13, and comes at 14.
  EXPECT_EQ(run.passes[1].start_without_link, 7);
  EXPECT_EQ(run.passes[1].start, 14);
  EXPECT_EQ(run.passes[1].end, 23);
  EXPECT_EQ(run.total_cycles, 25);
  EXPECT_EQ(run.processing_cycles, 24 - 2 - 7);
}

TEST(LayerTiming, CountsOfOneMacAreOneOfEachEvent) {
  RowStationaryLayer c = one_mac(1, 60000);
  c.array().gate_on = "none";
  const LayerRun run = c.run();
  for (const char* event : {"mac.op",
                            "ifmap_spad.read",
                            "ifmap_spad.write",
                            "filter_spad.read",
                            "filter_spad.write",
                            "psum_spad.read",
                            "psum_spad.write",
                            "psum_spad.drain",
                            "psum_adder.add",
                            "filter_bus.word",
                            "filter_bus.delivery",
                            "ifmap_bus.word",
                            "ifmap_bus.delivery",
                            "psum_in_bus.word",
                            "psum_out_bus.word",
                            "ifmap_fifo.push",
                            "psum_fifo.push",
                            "output_fifo.push",
                            "global_buffer.ifmap_read",
                            "global_buffer.ifmap_write",
                            "global_buffer.psum_read",
                            "global_buffer.psum_write",
                            "global_buffer.psum_drain",
                            "global_buffer.filter_read",
                            "global_buffer.filter_write",
                            "codec.encode_value",
                            "post.op"}) {
    EXPECT_EQ(run.counts.at(event), 1) << event;
  }
  EXPECT_EQ(run.counts.at("mac.gated"), 0);
  EXPECT_EQ(run.counts.at("psum_link.word"), 0);      // the one PE is top and bottom of its chain
  EXPECT_EQ(run.counts.at("codec.decode_value"), 2);  // ifmap and filter
  EXPECT_EQ(run.counts.at("dram.read_bit"), 2 * 64);
  EXPECT_EQ(run.counts.at("dram.write_bit"), 64);
}

TEST(LayerTiming, AGatedMacTakesItsCycleAndReadsNoSpad) {
  RowStationaryLayer c = one_mac(1, 60000);
  c.zero_percent = 100;
  const LayerRun run = c.run();
  EXPECT_EQ(run.macs_gated, 1);
  EXPECT_EQ(run.total_cycles, 22);
  for (const char* event : {"mac.op", "ifmap_spad.read", "filter_spad.read", "psum_spad.read", "psum_spad.write"}) {
    EXPECT_EQ(run.counts.at(event), 0) << event;
  }
  EXPECT_EQ(run.counts.at("mac.gated"), 1);
  EXPECT_EQ(run.counts.at("psum_spad.drain"), 1);
}

}  // namespace
}  // namespace lacuna::test
