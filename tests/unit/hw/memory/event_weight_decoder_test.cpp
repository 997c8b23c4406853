// SPDX-License-Identifier: Apache-2.0
// Times of a weight decoder, worked out by hand; that the clocked one has the same is the conformance suite's.
#include "hw/memory/event_weight_decoder.hpp"

#include <gtest/gtest.h>

#include "hw/base/registry.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Edges = std::vector<std::int64_t>;

/// A row and a weight of each kind an edge, and room for all.
WeightDecoderParameters fast() { return {16, 64, 64, 4096, 0}; }

/// Edges of the beats, with dense 16-bit words, four in a row of 64 bits.
Edges sent(const WeightDecoderParameters& parameters, const std::vector<StoredWord>& values,
           const std::vector<std::int32_t>& beats) {
  const TileStream stream({Registry<Codec>::instance().find("dense"), {}}, values);
  return time_decoding(WeightDecoderTiming(parameters), stream, {beats, 1}).sent;
}

TEST(WeightDecoder, FindsItsFirstWeightsTwoEdgesAndItsLatencyAfterItIsAsked) {
  WeightDecoderParameters parameters = fast();
  EXPECT_EQ(sent(parameters, {1, 2, 3, 4}, {4}), Edges({2}));
  parameters.latency_cycles = 3;
  EXPECT_EQ(sent(parameters, {1, 2, 3, 4}, {4}), Edges({5}));
}

TEST(WeightDecoder, GivesABeatAnEdgeWhereItIsFastEnough) {
  const std::vector<StoredWord> values(16, 1);
  EXPECT_EQ(sent(fast(), values, {4, 4, 4, 4}), Edges({2, 3, 4, 5}));
}

TEST(WeightDecoder, IsHeldBackByRowsCodesAndValuesEachByItself) {
  const std::vector<StoredWord> ones(16, 1);
  WeightDecoderParameters rows = fast();
  rows.rows_per_cycle = 1;  // four values an edge
  EXPECT_EQ(sent(rows, ones, {8, 8}), Edges({3, 5}));
  WeightDecoderParameters codes = fast();
  codes.codes_per_cycle = 2;
  EXPECT_EQ(sent(codes, ones, {4, 4, 4, 4}), Edges({3, 5, 7, 9}));
  WeightDecoderParameters values = fast();
  values.values_per_cycle = 8;
  EXPECT_EQ(sent(values, ones, {16}), Edges({3}));
}

TEST(WeightDecoder, TakesZerosForNoCodes) {
  WeightDecoderParameters parameters = fast();
  parameters.codes_per_cycle = 1;
  EXPECT_EQ(sent(parameters, {0, 0, 0, 7, 0, 0, 5, 0}, {4, 4}), Edges({2, 3}));
}

TEST(WeightDecoder, WaitsForRoomThatABeatFreesAnEdgeLater) {
  WeightDecoderParameters parameters = fast();
  parameters.fifo_values = 4;
  // four weights come in edge 1, leave in 2; the next four come in 3, leave in 4
  EXPECT_EQ(sent(parameters, std::vector<StoredWord>(8, 1), {4, 4}), Edges({2, 4}));
}

TEST(WeightDecoder, LetsBeatsWithoutWeightsTakeTheirEdge) {
  EXPECT_EQ(sent(fast(), {1, 2, 3, 4}, {0, 0, 0, 4, 0}), Edges({0, 1, 2, 3, 4}));
}

TEST(WeightDecoder, CountsRowsCodesAndWeights) {
  // a count, then five entries in a row
  const StreamFormat format{Registry<Codec>::instance().find("zero_run"), {8, 4, 64, false}};
  std::vector<StoredWord> values(100, 0);
  for (const std::size_t place : {0U, 1U, 40U, 41U, 42U, 43U, 90U}) values[place] = 3;
  // fillers: 38 zeros take 2, 46 take 2: 11 entries in 3 rows behind the count
  const DecodedTile tile =
      time_decoding(WeightDecoderTiming(fast()), TileStream(format, values), {std::vector<std::int32_t>(25, 4), 5});
  EXPECT_EQ(tile.sent.size(), 5U);
  EXPECT_EQ(tile.counts.row_reads, 4);
  EXPECT_EQ(tile.counts.codes, 7);
  EXPECT_EQ(tile.counts.values, 100);
  EXPECT_EQ(tile.counts.row_writes, 0);
}

TEST(WeightDecoder, ThatHasNoRoomForABeatIsFoundDeadlocked) {
  WeightDecoderParameters parameters = fast();
  parameters.fifo_values = 3;
  EXPECT_NE(error_of([&] { sent(parameters, {1, 2, 3, 4}, {4}); }).find("deadlocked"), std::string::npos);
}

}  // namespace
}  // namespace lacuna
