// SPDX-License-Identifier: Apache-2.0
// Filters that come from a weight decoder: edges beside the arithmetic that gives them, at both levels, and words.
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/both_levels.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

const char* const kDataflows[] = {"output_stationary", "weight_stationary", "input_stationary"};
constexpr std::size_t kWeight = 3;  // in the stall causes

/// Rows, codes and weights enough for any edge, and room for a tile.
SystolicLayer at_once(SystolicLayer layer) {
  layer.chip.weight_memory.holds = "stream";
  layer.chip.weight_memory.decoder = {64, 64, 64, 4096, 0};
  return layer;
}

std::vector<std::int64_t> order_of(const SystolicLayer& layer) { return layer.schedule()->filter_positions(0); }

TEST(SystolicWeights, ARowOfALoadWaitsForAllItsWords) {
  // 2 x 2 PEs, K = M = 2, P = 3. Row 1 first: weights 1 and 2 at 1 + 2, then 3 and 4 at 3 + 2; 5 edges of computing.
  const SystolicLayer layer = one_weight_an_edge(product(2, 2, 3, 2, 2, "weight_stationary"));
  EXPECT_EQ(order_of(layer), std::vector<std::int64_t>({1, 3, 0, 2}));  // filter x K + tap
  const LayerRun run = both_levels(layer);
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 5);
  EXPECT_EQ(pass.end, pass.start + 6 + 5 - 1);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({2, 2, pass.start, 4}));  // load, skew, link, weight
    EXPECT_EQ(pe.idle, 0);
  }
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 4);
  EXPECT_EQ(run.counts.at("weight_memory.read"), 1);
  EXPECT_EQ(run.counts.at("global_buffer.filter_read"), 0);
}

TEST(SystolicWeights, ARowPastTheLastTapTakesNoneAndHidesTheFirstEdgeOfTheDecoder) {
  // 3 rows for K = 2: the first edge of the load shifts zeros at once; the rest as on 2 rows.
  const LayerRun run = both_levels(one_weight_an_edge(product(2, 2, 3, 3, 2, "weight_stationary")));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 5);
  EXPECT_EQ(run.activity.pes.at(0).stalls[kWeight], 3);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 4);
}

TEST(SystolicWeights, AColumnThatSitsTheFoldOutIsIdleWhileTheOthersWait) {
  const LayerRun run = both_levels(one_weight_an_edge(product(2, 2, 3, 2, 3, "weight_stationary")));
  EXPECT_EQ(run.activity.pes.at(1).stalls[kWeight], 4);
  EXPECT_EQ(run.activity.pes.at(2).stalls[kWeight], 0);
  EXPECT_EQ(run.activity.pes.at(2).idle, run.array_cycles);
}

TEST(SystolicWeights, AWavefrontOfWeightsDownTheColumnsWaitsAsAWhole) {
  // Psums stay: K = 3, M = P = 2. Edges take 1, 2, 2, 1 weights: with weight 1, 3, 5, 6, at 2, 4, 6, 7; the fifth at 8.
  const SystolicLayer layer = one_weight_an_edge(product(2, 3, 2, 2, 2, "output_stationary"));
  EXPECT_EQ(order_of(layer), std::vector<std::int64_t>({0, 1, 3, 2, 4, 5}));
  const LayerRun run = both_levels(layer);
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 7);
  EXPECT_EQ(pass.end, pass.start + 8);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({0, 2, pass.start, 4}));
  }
}

TEST(SystolicWeights, AWavefrontOfWeightsAlongTheRowsIsDecodedBehindTheLoad) {
  // Activations stay: K = P = 2, M = 3. The load takes edges 0 and 1; weights 1, 3, 5, 6 at 2, 4, 6, 7; the fifth at 8.
  const SystolicLayer layer = one_weight_an_edge(product(3, 2, 2, 2, 2, "input_stationary"));
  EXPECT_EQ(order_of(layer), std::vector<std::int64_t>({0, 2, 1, 4, 3, 5}));
  const LayerRun run = both_levels(layer);
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 7);
  EXPECT_EQ(pass.end, pass.start + 8);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({2, 2, pass.start, 2}));
  }
}

TEST(SystolicWeights, ALoadBehindTheFoldBeforeWaitsAloneAndShowsOnlyWhereItEndsLate) {
  // K = 4 on 2 rows: two folds of 5 edges of computing each. The first is loaded at 0 to 5, computes at 6 to 10. The
  // second might load from 6 on, is there at 7, takes 6 edges, and computes at 13, where 11 was possible: an edge is
  // the link's, the other the decoder's.
  SystolicLayer layer = one_weight_an_edge(product(2, 4, 3, 2, 2, "weight_stationary"));
  layer.array().double_buffered = true;
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 2U);
  const std::int64_t start = run.passes[0].start;
  EXPECT_EQ(run.passes[1].start, start + 7);
  EXPECT_EQ(run.passes[1].filters_sent, start + 12);
  EXPECT_EQ(run.passes[1].end, start + 17);
  EXPECT_EQ(run.passes[1].link_wait(), 1);
  EXPECT_EQ(run.activity.pes.at(0).stalls, std::vector<std::int64_t>({2, 4, start + 1, 4 + 1}));
  // T = 5: the first computes at 6 to 12, and the second's load, over at 12, is hidden whole.
  layer = one_weight_an_edge(product(2, 4, 5, 2, 2, "weight_stationary"));
  layer.array().double_buffered = true;
  const LayerRun hidden = both_levels(layer);
  EXPECT_EQ(hidden.passes[1].filters_sent, hidden.passes[0].end);
  EXPECT_EQ(hidden.passes[1].link_wait(), 0);
  EXPECT_EQ(hidden.activity.pes.at(0).stalls[kWeight], 4);
}

TEST(SystolicWeights, AFilterTileIsReadAnewByEveryPassOnItAsSoonAsTheOneBeforeHasItAll) {
  // Activations stay: K = 2, M = 5, P = 6 on 2 x 2 PEs: three folds on one tile of 10 weights, edges of 1, 2, 2, 2,
  // 2, 1. Loaded behind the fold before, a fold could compute at once; it asks at the edge after the last weight of
  // that one, and its first weight comes 2 edges later.
  SystolicLayer layer = one_weight_an_edge(product(5, 2, 6, 2, 2, "input_stationary"));
  layer.array().double_buffered = true;
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 3U);
  // The first asks at its start: weights 1, 3, 5, 7, 9, 10 at 2, 4, 6, 8, 10, 11, and T + R + C - 2 = 7 edges end
  // at 12.
  EXPECT_EQ(run.passes[0].filters_sent, run.passes[0].start + 11);
  EXPECT_EQ(run.passes[0].end, run.passes[0].start + 12);
  // The next asks at 12: its weights are taken at 14 to 23; 7 edges end at 24.
  EXPECT_EQ(run.passes[1].end, run.passes[0].start + 24);
  EXPECT_EQ(run.passes[2].end, run.passes[1].end + 12);
  EXPECT_EQ(run.passes[1].link_wait(), 0);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 3 * 10);
}

/// Groups, padding, several tiles of everything; folds that do not fill the array.
SystolicLayer small_conv(const std::string& dataflow) {
  SystolicLayer layer(4, 3, dataflow);
  layer.shape = {2, 10, 3, 2, 7, 6, 3, 3, 1, 1};
  layer.map().m = 4;
  layer.map().n = 1;
  layer.map().e = 3;
  layer.map().c = 2;
  return layer;
}

TEST(SystolicWeights, GiveTheOfmapOfFilterWordsInTheBanksWhateverTheirFormat) {
  for (const char* dataflow : kDataflows) {
    const std::vector<StoredWord> words = small_conv(dataflow).run().ofmap;
    for (const char* codec : {"dense", "zero_run", "bitmask", "run_length"}) {
      SystolicLayer layer = small_conv(dataflow);
      layer.chip.codec.filter = codec;
      layer.weight_bits = 8;
      const std::vector<StoredWord> ofmap = layer.run().ofmap;
      layer.chip.weight_memory.holds = "stream";
      EXPECT_EQ(both_levels(layer).ofmap, ofmap) << dataflow << " " << codec;
    }
    SystolicLayer dense = small_conv(dataflow);
    dense.chip.weight_memory.holds = "stream";
    EXPECT_EQ(both_levels(dense).ofmap, words) << dataflow;
  }
}

TEST(SystolicWeights, AreLookedUpBeforeTheArrayWhereFillerStaysZeroWhateverCode0IsWorth) {
  for (const char* dataflow : kDataflows) {
    for (const char* gate : {"none", "weight", "either"}) {
      SystolicLayer layer = small_conv(dataflow);
      layer.weight_bits = 4;
      layer.zero_code_is_zero = false;
      layer.array().gate_on = gate;
      layer.chip.weight_memory.holds = "stream";
      layer.chip.weight_memory.look_up = "decoder";
      EXPECT_GT(both_levels(layer).counts.at("codebook.read"), 0) << dataflow << " " << gate;
    }
  }
}

TEST(SystolicWeights, OfAFastDecoderCostNoEdgeButTheFirstOnes) {
  // Its first weight comes at 2, all others one edge after the other. A load of activations, of two edges or more,
  // hides that; so does the fold before a load of weights, or two rows of zeros in front.
  for (const char* dataflow : kDataflows) {
    const std::int64_t first = std::string(dataflow) == "input_stationary" ? 0 : 2;
    const SystolicLayer layer = product(3, 2, 5, 2, 3, dataflow);
    const LayerRun words = both_levels(layer);
    const LayerRun run = both_levels(at_once(layer));
    const auto folds = static_cast<std::int64_t>(run.passes.size());
    EXPECT_EQ(run.processing_cycles, words.processing_cycles + folds * first) << dataflow;
    EXPECT_EQ(run.activity.pes.at(0).stalls[kWeight], folds * first) << dataflow;
  }
  EXPECT_EQ(both_levels(at_once(product(3, 2, 5, 4, 3, "weight_stationary"))).stall_cycles.at("weight"), 0);
  SystolicLayer layer = at_once(product(3, 4, 5, 2, 3, "weight_stationary"));
  layer.array().double_buffered = true;
  EXPECT_EQ(both_levels(layer).activity.pes.at(0).stalls[kWeight], 2);  // of the first of two folds
}

TEST(SystolicWeights, ThatTheFifoCannotHoldForOneEdgeAreRefused) {
  for (const char* dataflow : kDataflows) {
    SystolicLayer layer = at_once(product(3, 2, 5, 6, 7, dataflow));
    const std::int64_t side = std::string(dataflow) == "input_stationary" ? 6 : 7;
    layer.chip.weight_memory.decoder.fifo_values = side;
    EXPECT_EQ(both_levels(layer).ofmap, layer.expected()) << dataflow;
    layer.chip.weight_memory.decoder.fifo_values = side - 1;
    EXPECT_EQ(error_of([&] { layer.check(); }),
              "no mapping fits: even with m = n = e = c = 1, weights that enter the array at an edge = " +
                  std::to_string(side) + " words, but /chip/weight_memory/fifo_values gives " +
                  std::to_string(side - 1))
        << dataflow;
  }
}

}  // namespace
}  // namespace lacuna::test
