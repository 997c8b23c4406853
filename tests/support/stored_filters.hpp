// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "tests/support/both_levels.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna::test {

// Filters that come through a tile store, one weight an edge, on any array of lanes. Layers have 1 x 1 filters on four
// channels: a tile of two filters is 8 weights, for which a pass that has to have them decoded waits 10 edges.

/// Makes two strips of a layer with two filters, on one filter tile: the second pass works from its first edge on, for
/// so many edges.
template <class Layer>
void expect_a_tile_that_stays_is_decoded_once(Layer layer, std::int64_t edges) {
  layer.shape.H = 2;
  layer.map().m = 2;
  layer.map().c = 4;
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[1].filters_sent, run.passes[1].start);
  EXPECT_EQ(run.passes[1].end, run.passes[1].start + edges - 1);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 8);
  EXPECT_EQ(run.activity.pes.at(0).stalls.back(), 10);
}

/// Makes two m tiles of a layer with four filters whose words lie in the banks. They stay there while a pass works; a
/// stream may go once it is decoded.
template <class Layer>
void expect_streams_leave_the_banks_sooner_than_words(Layer layer) {
  layer.chip.dram_link.clock_khz = 50'000;  // a word in four cycles
  layer.map().m = 2;
  layer.map().c = 4;
  const LayerRun words = both_levels(layer);
  const LayerRun streams = both_levels(one_weight_an_edge(layer));
  ASSERT_EQ(streams.passes.size(), 2U);
  EXPECT_LT(streams.passes[1].link_wait(), words.passes[1].link_wait());
  EXPECT_EQ(streams.processing_cycles, words.processing_cycles + 2 * 10);
}

/// Of a layer with three filters, 12 weights.
template <class Layer>
void expect_look_up_before_the_store(const Layer& with_words) {
  for (const char* gate : {"none", "weight", "either"}) {
    Layer layer = with_words;
    layer.weight_bits = 4;
    layer.zero_code_is_zero = false;
    layer.array().gate_on = gate;
    layer.chip.weight_memory.look_up = "decoder";
    const LayerRun run = both_levels(layer);
    EXPECT_GT(run.counts.at("codebook.read"), 0) << gate;
    EXPECT_EQ(run.counts.at("tile_store.write"), 12) << gate;
  }
}

/// Of a layer with two filters: a store of 7 words is one too small.
template <class Layer>
void expect_a_store_too_small_is_refused(Layer layer) {
  layer.map().m = 2;
  layer.map().c = 4;
  layer.chip.weight_memory.store_words = 8;
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
  layer.chip.weight_memory.store_words = 7;
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "filter words of a pass, decoded = 8 words, but /chip/weight_memory/store_words gives 7");
  layer.mapping = nullptr;  // the default mapping finds tiles that fit
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
}

}  // namespace lacuna::test
