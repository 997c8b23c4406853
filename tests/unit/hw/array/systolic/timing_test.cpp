// SPDX-License-Identifier: Apache-2.0
// Edges and counts of the clocked array, each beside the arithmetic that gives it.
#include <gtest/gtest.h>

#include "tests/support/dice.hpp"
#include "tests/support/systolic_cycles.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

const char* const kDataflows[] = {"output_stationary", "weight_stationary", "input_stationary"};

TEST(SystolicTiming, OneMacGoesFromDramToDramIn14CyclesWhereItsWeightIsLoadedFirst) {
  SystolicLayer layer(1, 1, "weight_stationary");
  const LayerRun run = layer.run();
  // Link at 60 of 200 MHz: filter word 0 + 4 = 4, ifmap word 4 + 4 = 8. Weight shifted in at 8, MAC at 9.
  // Link: ofmap word 10 + 4 = 14.
  ASSERT_EQ(run.passes.size(), 1U);
  EXPECT_EQ(run.passes[0].start_without_link, 0);
  EXPECT_EQ(run.passes[0].start, 8);
  EXPECT_EQ(run.passes[0].filters_sent, 8);
  EXPECT_EQ(run.passes[0].end, 9);
  EXPECT_EQ(run.total_cycles, 14);
  EXPECT_EQ(run.processing_cycles, 2);  // T + 2 R + C - 2 = 1 + 2 + 1 - 2
  EXPECT_EQ(run.macs_performed + run.macs_gated, 1);
  EXPECT_EQ(run.stall_cycles.at("link"), 8);
  EXPECT_EQ(run.stall_cycles.at("load"), 1);
  EXPECT_EQ(run.stall_cycles.at("skew"), 0);
}

TEST(SystolicTiming, OneMacGoesFromDramToDramIn13CyclesWhereNothingIsLoaded) {
  SystolicLayer layer(1, 1, "output_stationary");
  const LayerRun run = layer.run();
  ASSERT_EQ(run.passes.size(), 1U);
  EXPECT_EQ(run.passes[0].start, 8);  // and its MAC at once
  EXPECT_EQ(run.passes[0].filters_sent, 8);
  EXPECT_EQ(run.passes[0].end, 8);
  EXPECT_EQ(run.total_cycles, 13);
  EXPECT_EQ(run.processing_cycles, 1);  // T + R + C - 2
}

TEST(SystolicTiming, AWavefrontCrossesRowsAndColumnsOneEdgeEach) {
  // 3 x 2 PEs, K = 3, M = 2, P = 5: load 3, then the last MAC of PE (2, 1) at 4 + 2 + 1 = 7 after the first of PE (0,
  // 0).
  const LayerRun run = product(2, 3, 5, 3, 2, "weight_stationary").run();
  ASSERT_EQ(run.passes.size(), 1U);
  const PassRecord& pass = run.passes[0];
  EXPECT_EQ(pass.filters_sent, pass.start + 2);
  EXPECT_EQ(pass.end, pass.start + 3 + 7);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.performed + pe.gated, 5);
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({3, 3, pass.start, 0}));  // load, skew = 8 - 5, link, weight
    EXPECT_EQ(pe.idle, 0);
  }
}

TEST(SystolicTiming, TheLastFilterWordEntersWithTheLastColumnOrTheLastRealRow) {
  // Psums stay: K = 4 words stream into column 1 of 2 at 1 to 4. Activations stay: M = 4 words into row 2 of 3 real
  // rows.
  const PassRecord streams = product(2, 4, 3, 3, 2, "output_stationary").run().passes.at(0);
  EXPECT_EQ(streams.filters_sent, streams.start + 3 + 1);
  const PassRecord along = product(4, 3, 2, 5, 2, "input_stationary").run().passes.at(0);
  EXPECT_EQ(along.filters_sent, along.start + 5 + 3 + 2);  // load 5
}

TEST(SystolicTiming, FoldsFollowEachOtherInLockStepInTheCyclesOfTheClosedForms) {
  for (std::int64_t seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    SystolicLayer layer(dice.draw(1, 12), dice.draw(1, 14), kDataflows[seed % 3]);
    layer.widen_buffer();
    layer.seed = seed;
    LayerShape& s = layer.shape;
    s = {dice.draw(1, 2), dice.draw(1, 12), dice.draw(1, 4), dice.draw(1, 2), dice.draw(4, 9),
         dice.draw(4, 9), dice.draw(1, 4),  dice.draw(1, 4), dice.draw(1, 2), dice.draw(0, 2)};
    s.M *= s.G;
    layer.map().m = s.M / s.G;
    layer.map().n = s.N;
    layer.map().e = s.E();
    layer.map().c = s.C;
    EXPECT_EQ(layer.run().processing_cycles,
              closed_form_cycles(s, layer.array().dataflow, layer.array().rows, layer.array().columns))
        << to_json(layer);
  }
}

TEST(SystolicTiming, AnOperandThatIsDoubleBufferedIsLoadedBehindTheFoldBefore) {
  // Activations stay, so that one filter tile serves all folds of pixels: K = 2, P = 9 on 2 x 3 PEs, 3 folds.
  SystolicLayer layer = product(5, 2, 9, 2, 3, "input_stationary");
  const LayerRun lock_step = layer.run();
  ASSERT_EQ(lock_step.passes.size(), 3U);
  EXPECT_EQ(lock_step.processing_cycles, 3 * (2 + 8));  // load 2, 5 + 2 + 3 - 2
  layer.array().double_buffered = true;
  const LayerRun overlapped = layer.run();
  EXPECT_EQ(overlapped.processing_cycles, 2 + 3 * 8);
  // The second operand may shift in from the edge on at which the first is taken over.
  EXPECT_EQ(overlapped.passes[1].start, overlapped.passes[0].start + 2);
  EXPECT_EQ(overlapped.passes[1].end, overlapped.passes[0].end + 8);
  EXPECT_EQ(overlapped.passes[1].link_wait(), 0);
  EXPECT_EQ(overlapped.ofmap, lock_step.ofmap);
  EXPECT_EQ(overlapped.counts.at("activation_link.word"), lock_step.counts.at("activation_link.word"));
}

TEST(SystolicTiming, ALoadThatTheLinkMakesLateIsWaitingForTheLink) {
  // Weights stay: K = 4 on 2 x 1 PEs, two folds, P = 3. Each fold computes for 3 + 2 + 1 - 2 = 4 edges. One word a fold
  // (2 weights of 16 bits): 200 MHz / 50 MHz = 4 cycles; the ifmap (12 words of 16 bits) takes three.
  SystolicLayer layer = product(1, 4, 3, 2, 1, "weight_stationary");
  layer.array().double_buffered = true;
  layer.network_input = true;
  layer.chip.dram_link.clock_khz = 50000;
  LayerRun run = layer.run();
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[0].start, 4 + 3 * 4);
  EXPECT_EQ(run.passes[0].filters_sent, 17);
  EXPECT_EQ(run.passes[0].end, 16 + 2 + 4 - 1);  // 21
  // Next weights: fetched from 18 on, there at 22: load 22 and 23, compute 24 to 27, where 22 to 25 was possible.
  EXPECT_EQ(run.passes[1].start, 22);
  EXPECT_EQ(run.passes[1].link_wait(), 2);
  EXPECT_EQ(run.passes[1].end, 27);
  EXPECT_EQ(run.processing_cycles, 2 + 4 + 4);
  EXPECT_EQ(run.activity.pes.at(0).stalls, std::vector<std::int64_t>({2, 2, 16 + 2, 0}));  // load, skew, link, weight
  // At 100 MHz they are there at 20 of 19 to 21: the load is hidden but for nothing.
  layer.chip.dram_link.clock_khz = 100000;
  run = layer.run();
  EXPECT_EQ(run.passes[1].start, run.passes[0].filters_sent + 1 + 2);
  EXPECT_EQ(run.passes[1].link_wait(), 0);
}

PeActivity pe_at(const LayerRun& run, std::int64_t columns, std::int64_t i, std::int64_t j) {
  return run.activity.pes.at(static_cast<std::size_t>(i * columns + j));
}

TEST(SystolicTiming, PesPastTheEndOfATileSitItOutAndRowsPastTheLastTapDoFillerWork) {
  // Psums stay: 3 of 4 rows and 2 of 3 columns are used.
  SystolicLayer layer = product(2, 5, 3, 4, 3, "output_stationary");
  layer.zero_percent = 0;
  LayerRun run = layer.run();
  EXPECT_EQ(run.active_pes, 3 * 2);
  EXPECT_EQ(run.filler, 0);
  EXPECT_EQ(pe_at(run, 3, 3, 0).idle, run.array_cycles);
  EXPECT_EQ(pe_at(run, 3, 0, 2).idle, run.array_cycles);  // PE (0, 2)
  EXPECT_EQ(pe_at(run, 3, 2, 1).performed, 5);            // PE (2, 1): K
  EXPECT_EQ(pe_at(run, 3, 2, 1).idle, 0);
  // Weights stay: 3 of 4 rows hold taps; the last one gets zeros, P times in each of 2 columns.
  layer = product(2, 3, 5, 4, 3, "weight_stationary");
  layer.zero_percent = 0;
  run = layer.run();
  EXPECT_EQ(run.active_pes, 3 * 2);
  EXPECT_EQ(run.filler, 5 * 2);
  EXPECT_EQ(pe_at(run, 3, 3, 0).filler_gated, 5);
  EXPECT_EQ(run.counts.at("global_buffer.ifmap_read"), 3 * 5);  // zeros for filler are not read
  EXPECT_EQ(run.counts.at("global_buffer.filter_read"), 3 * 2);
  EXPECT_EQ(run.ofmap, layer.expected());
  layer.array().gate_on = "none";
  EXPECT_EQ(pe_at(layer.run(), 3, 3, 0).filler_performed, 5);
}

TEST(SystolicTiming, EveryHopOfAWordIsCountedOnce) {
  // K = 3, M = 2, P = 5 on 4 x 3 PEs.
  const LayerRun weights = product(2, 3, 5, 4, 3, "weight_stationary").run();
  EXPECT_EQ(weights.counts.at("activation_link.word"), 5 * 4 * 2);        // P to R rows and M columns
  EXPECT_EQ(weights.counts.at("weight_link.word"), 2 * (1 + 2 + 3 + 4));  // M columns; the word of row i: i + 1 hops
  EXPECT_EQ(weights.counts.at("psum_link.word"), 5 * 2 * (4 + 1));        // into each row and out of the last
  EXPECT_EQ(weights.counts.at("psum_bus.word"), 0);
  const LayerRun inputs = product(2, 3, 5, 4, 6, "input_stationary").run();
  EXPECT_EQ(inputs.counts.at("weight_link.word"), 2 * 4 * 5);  // M to R rows and P columns
  EXPECT_EQ(inputs.counts.at("activation_link.word"), 5 * (1 + 2 + 3 + 4));
  EXPECT_EQ(inputs.counts.at("psum_link.word"), 2 * 5 * (4 + 1));
  const LayerRun psums = product(2, 3, 5, 6, 3, "output_stationary").run();
  EXPECT_EQ(psums.counts.at("activation_link.word"), 3 * 5 * 2);  // K to P rows and M columns
  EXPECT_EQ(psums.counts.at("weight_link.word"), 3 * 5 * 2);
  EXPECT_EQ(psums.counts.at("psum_bus.word"), 2 * 5 * 2);  // in and out
  EXPECT_EQ(psums.counts.at("accumulator.write"), psums.macs_performed);
  for (const LayerRun* run : {&weights, &inputs, &psums}) {
    EXPECT_EQ(run->counts.at("global_buffer.psum_read"), 5 * 2);
    EXPECT_EQ(run->counts.at("global_buffer.psum_write"), 5 * 2);
  }
}

TEST(SystolicTiming, ZeroGatingChangesNoCycleAndNoWord) {
  for (const char* dataflow : kDataflows) {
    std::vector<LayerRun> runs;
    for (const char* gate : {"none", "activation", "weight", "either"}) {
      SystolicLayer layer(4, 3, dataflow);
      layer.shape = {2, 6, 3, 2, 7, 6, 3, 3, 1, 1};
      layer.array().gate_on = gate;
      runs.push_back(layer.run());
      EXPECT_EQ(runs.back().ofmap, layer.expected()) << dataflow << " " << gate;
      EXPECT_EQ(runs.back().total_cycles, runs.front().total_cycles) << dataflow << " " << gate;
      EXPECT_EQ(runs.back().processing_cycles, runs.front().processing_cycles) << dataflow << " " << gate;
    }
    EXPECT_EQ(runs[0].macs_gated, 0);
    EXPECT_GT(runs[1].macs_gated, 0);
    EXPECT_GT(runs[2].macs_gated, 0);
    EXPECT_GT(runs[3].macs_gated, runs[1].macs_gated);
    EXPECT_GT(runs[3].macs_gated, runs[2].macs_gated);
  }
}

}  // namespace
}  // namespace lacuna::test
