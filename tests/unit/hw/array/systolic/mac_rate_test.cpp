// SPDX-License-Identifier: Apache-2.0
// MACs that come several at once, or take several cycles: edges and counts beside the arithmetic that gives them, at
// both levels.
#include <gtest/gtest.h>

#include "hw/array/systolic/cost.hpp"
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/systolic/schedule.hpp"
#include "tests/support/both_levels.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

const char* const kDataflows[] = {"output_stationary", "weight_stationary", "input_stationary"};

/// Two MACs an issue: sub-words of 8 bits.
SystolicLayer two_at_once(SystolicLayer layer) {
  layer.chip.mac.kind = "subword_parallel";
  layer.weight_bits = layer.activation_bits = 8;
  return layer;
}

/// Three cycles a MAC: activations of 3 bits, one a cycle.
SystolicLayer three_cycles(SystolicLayer layer) {
  layer.chip.mac.kind = "serial_activations";
  layer.activation_bits = 3;
  return layer;
}

std::vector<std::int64_t> order_of(const SystolicLayer& layer) { return layer.schedule()->filter_positions(0); }

TEST(SystolicMacRate, RowsHoldAsManyTapsAsAnIssueHasMacs) {
  // 16 x 32 PEs, K = 700, M = 100: ceil(700 / (16 f)) x ceil(100 / 32) folds.
  const SystolicLayer layer = product(100, 700, 5, 16, 32, "weight_stationary");
  MappingContext context = layer.context();
  SystolicMapping map;
  map.m = 100;
  map.c = 700;
  for (const auto& [macs, folds] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {1, 44 * 4}, {2, 22 * 4}, {4, 11 * 4}, {8, 6 * 4}, {16, 3 * 4}}) {
    context.mac_rate = {macs, 1};
    EXPECT_EQ(SystolicSchedule(context, map).passes, folds) << macs;
    MappingCost cost;
    SystolicCosts(context).exact(map, cost);
    EXPECT_EQ(cost.cycles, folds * (16 + 1 + 16 + 32 - 2 + 4)) << macs;  // load 16, P = 5
  }
}

TEST(SystolicMacRate, OfMoreMacsAtOnceThanALinkHasWordsIsRefused) {
  const SystolicLayer layer = product(1, 1, 1, 2, 2, "weight_stationary");
  MappingContext context = layer.context();
  context.mac_rate = {kMostSystolicMacs, 1};
  EXPECT_EQ(systolic_array(context).taps_of_rows(), 2 * kMostSystolicMacs);
  context.mac_rate = {kMostSystolicMacs + 1, 1};
  EXPECT_EQ(error_of([&] { default_systolic_mapping(context); }),
            "/chip/mac/kind: found MACs that come 17 at once at these widths; the array systolic takes at most 16");
}

TEST(SystolicMacRate, ProductsOfAnIssueGoIntoOnePsumWhereTapsAreRows) {
  // 3 x 2 PEs, K = 5, M = 2, P = 4: rows hold taps 0 1, 2 3 and 4; load 3, then 4 + 3 + 2 - 2 = 7 edges.
  SystolicLayer layer = two_at_once(product(2, 5, 4, 3, 2, "weight_stationary"));
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 1U);
  const PassRecord& pass = run.passes[0];
  EXPECT_EQ(pass.end, pass.start + 3 + 7 - 1);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.busy, 4);
    EXPECT_EQ(pe.performed + pe.gated, 4 * 2);
    EXPECT_EQ(pe.filler_performed + pe.filler_gated, pe.row == 2 ? 4 : 0);
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({3, 3, pass.start, 0}));  // load, skew = 7 - 4, link, weight
  }
  EXPECT_EQ(run.counts.at("activation_link.word"), 2 * 4 * 3 * 2);    // two words to R rows and M columns
  EXPECT_EQ(run.counts.at("weight_link.word"), 2 * 2 * (1 + 2 + 3));  // row i: i + 1 hops
  EXPECT_EQ(run.counts.at("psum_link.word"), 4 * 2 * (3 + 1));        // one of them
  EXPECT_EQ(run.counts.at("global_buffer.ifmap_read"), 5 * 4);        // no filler
  EXPECT_EQ(run.counts.at("global_buffer.filter_read"), 5 * 2);
  const LayerRun along = both_levels(two_at_once(product(4, 5, 2, 3, 2, "input_stationary")));
  EXPECT_EQ(along.passes[0].filters_sent, along.passes[0].start + 3 + 3 + 2);  // filter 3 into row 2
  EXPECT_EQ(along.counts.at("weight_link.word"), 2 * 4 * 3 * 2);
  EXPECT_EQ(along.counts.at("activation_link.word"), 2 * 2 * (1 + 2 + 3));
}

TEST(SystolicMacRate, ProductsOfAnIssueAreOneStepWhereTapsAreTime) {
  // 2 x 2 PEs, K = 5, M = P = 2: T = 3, the last with one tap and one filler; 3 + 2 + 2 - 2 = 5 edges.
  SystolicLayer layer = two_at_once(product(2, 5, 2, 2, 2, "output_stationary"));
  layer.zero_percent = 0;
  const LayerRun run = both_levels(layer);
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 2 + 1);
  EXPECT_EQ(pass.end, pass.start + 5 - 1);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.busy, 3);
    EXPECT_EQ(pe.performed, 5);
    EXPECT_EQ(pe.gated, 1);
    EXPECT_EQ(pe.filler_gated, 1);
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({0, 2, pass.start, 0}));
  }
  EXPECT_EQ(run.counts.at("activation_link.word"), 2 * 3 * 2 * 2);
  EXPECT_EQ(run.counts.at("weight_link.word"), 2 * 3 * 2 * 2);
  EXPECT_EQ(run.counts.at("accumulator.write"), 3 * 2 * 2);  // once an issue
  EXPECT_EQ(run.counts.at("psum_bus.word"), 2 * 2 * 2);
}

TEST(SystolicMacRate, ZerosGateEachMacOfAnIssueOnItsOwn) {
  for (const char* dataflow : kDataflows) {
    for (const char* gate : {"none", "activation", "weight", "either"}) {
      SystolicLayer layer(4, 3, dataflow);
      layer.shape = {2, 6, 3, 2, 7, 6, 3, 3, 1, 1};
      layer.array().gate_on = gate;
      layer.weight_bits = layer.activation_bits = 8;
      const LayerRun one = both_levels(layer);
      const LayerRun two = both_levels(two_at_once(layer));
      EXPECT_EQ(two.macs_performed, one.macs_performed) << dataflow << " " << gate;
      EXPECT_EQ(two.macs_gated, one.macs_gated) << dataflow << " " << gate;
      EXPECT_EQ(two.ofmap, one.ofmap) << dataflow << " " << gate;
      EXPECT_LE(two.counts.at("accumulator.write"), one.counts.at("accumulator.write")) << dataflow << " " << gate;
      EXPECT_GE(2 * two.counts.at("accumulator.write"), one.counts.at("accumulator.write")) << dataflow << " " << gate;
    }
  }
}

TEST(SystolicMacRate, AccumulatorsSaturateInTheOrderOfTheTapsWithinAnIssue) {
  for (const char* dataflow : kDataflows) {
    SystolicLayer layer(3, 3, dataflow);
    layer.shape = {1, 4, 3, 1, 6, 6, 3, 3, 1, 0};
    layer.chip.mac.overflow = "saturate";
    layer.chip.mac.accumulator_bits = 15;
    both_levels(two_at_once(layer));
  }
}

TEST(SystolicMacRate, AHopOfTheWavefrontTakesAsLongAsAMacAndOneOfALoadAnEdge) {
  // 3 x 2 PEs, K = 3, M = 2, P = 5: load 3, then (5 + 3 + 2 - 2) 3 = 24 edges.
  const LayerRun run = both_levels(three_cycles(product(2, 3, 5, 3, 2, "weight_stationary")));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 2);
  EXPECT_EQ(pass.end, pass.start + 3 + 24 - 1);
  EXPECT_EQ(run.processing_cycles, 3 + 24);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.performed + pe.gated, 5);
    EXPECT_EQ(pe.busy, 5 * 3);
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({3, 24 - 15, pass.start, 0}));
  }
  EXPECT_EQ(run.counts.at("activation_link.word"), 5 * 3 * 2);
  // Psums stay: (4 + 3 + 2 - 2) 3 = 21 edges; the last weight enters with the first edge of step 3 + 1.
  const PassRecord streams = both_levels(three_cycles(product(2, 4, 3, 3, 2, "output_stationary"))).passes.at(0);
  EXPECT_EQ(streams.filters_sent, streams.start + (3 + 1) * 3);
  EXPECT_EQ(streams.end, streams.start + 21 - 1);
}

TEST(SystolicMacRate, ALoadIsHiddenBehindAFoldOfLongSteps) {
  // Activations stay: K = 2, M = 5, P = 9 on 2 x 3 PEs: 3 folds of (5 + 2 + 3 - 2) 3 = 24 edges.
  SystolicLayer layer = three_cycles(product(5, 2, 9, 2, 3, "input_stationary"));
  EXPECT_EQ(both_levels(layer).processing_cycles, 3 * (2 + 24));
  layer.array().double_buffered = true;
  const LayerRun run = both_levels(layer);
  EXPECT_EQ(run.processing_cycles, 2 + 3 * 24);
  EXPECT_EQ(run.passes[1].start, run.passes[0].start + 2);
}

TEST(SystolicMacRate, AStepTakesItsWeightsWithItsFirstEdge) {
  // Psums stay: K = 3, M = P = 2. Steps take 1, 2, 2, 1 weights: the first at 2, the others, at 5, 8 and 11, find
  // weights 3, 5 and 6 there since 4, 6 and 7. The fifth step ends at 16.
  const LayerRun run = both_levels(one_weight_an_edge(three_cycles(product(2, 3, 2, 2, 2, "output_stationary"))));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 11);
  EXPECT_EQ(pass.end, pass.start + 16);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.busy, 3 * 3);
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({0, 2 * 3, pass.start, 2}));
  }
}

TEST(SystolicMacRate, DecodedWeightsComeTapByTapOfAnIssue) {
  // filter x K + tap. Rows 1 and 0 of taps 2 and 0 1; then steps of taps 0 1, 2 3 and 4, and of rows 0 1 and 2.
  SystolicLayer weights = one_weight_an_edge(two_at_once(product(2, 3, 2, 2, 2, "weight_stationary")));
  EXPECT_EQ(order_of(weights), std::vector<std::int64_t>({2, 5, 0, 1, 3, 4}));
  SystolicLayer psums = one_weight_an_edge(two_at_once(product(2, 5, 2, 2, 2, "output_stationary")));
  EXPECT_EQ(order_of(psums), std::vector<std::int64_t>({0, 1, 2, 3, 5, 6, 4, 7, 8, 9}));
  SystolicLayer inputs = one_weight_an_edge(two_at_once(product(2, 3, 2, 2, 2, "input_stationary")));
  EXPECT_EQ(order_of(inputs), std::vector<std::int64_t>({0, 1, 3, 4, 2, 5}));
  for (SystolicLayer* layer : {&weights, &psums, &inputs}) both_levels(*layer);
  // Weights of row 1, 1 and 2, at 3; those of row 0, up to the sixth, at 7. Then 2 + 2 + 2 - 2 edges.
  const PassRecord loaded = weights.run().passes.at(0);
  EXPECT_EQ(loaded.filters_sent, loaded.start + 7);
  EXPECT_EQ(loaded.end, loaded.start + 7 + 4);
  // What enters at an edge: two words for each of 2 columns.
  weights.chip.weight_memory.decoder.fifo_values = 3;
  EXPECT_EQ(error_of([&] { weights.check(); }),
            "no mapping fits: even with m = n = e = c = 1, weights that enter the array at an edge = 4 words, but "
            "/chip/weight_memory/fifo_values gives 3");
}

TEST(SystolicMacRate, IsExplained) {
  SystolicMapping map;
  map.m = 2;
  map.c = 5;
  const auto last_lines = [&](const SystolicLayer& layer) {
    const std::vector<std::string> lines = explain_systolic(layer.context(), map);
    return lines.at(lines.size() - 2) + "\n" + lines.back();
  };
  EXPECT_NE(last_lines(two_at_once(product(2, 5, 2, 2, 2, "weight_stationary"))).find("taps, in rows, 2 side by side:"),
            std::string::npos);
  EXPECT_NE(last_lines(two_at_once(product(2, 5, 2, 2, 2, "output_stationary")))
                .find("in time: 3 groups of taps, 2 side by side"),
            std::string::npos);
  EXPECT_NE(last_lines(three_cycles(product(2, 5, 2, 2, 2, "output_stationary"))).find("5 taps, 3 cycles each"),
            std::string::npos);
}

}  // namespace
}  // namespace lacuna::test
