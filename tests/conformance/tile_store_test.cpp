// SPDX-License-Identifier: Apache-2.0
// Arrays that read decoded weights through a tile store: what that costs on random layers, and nothing else.
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/codec/codec.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kSeeds = 400;
constexpr std::int64_t kFirstSeed = 3'000'000;  // those of the decoded filters

std::vector<std::string> arrays_with_stores() {
  std::vector<std::string> arrays;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    if (Registry<ArrayKind>::instance().find(name)->stores_decoded_filters()) arrays.push_back(name);
  }
  return arrays;
}

/// The same layer and mapping with filters decoded on their way into the filter banks, which have room for them.
LayerCase with_words(const LayerCase& streams) {
  LayerCase words = streams;
  if (!words.mapping) words.mapping = words.chip.array.array().default_mapping(words.context());
  words.chip.weight_memory.holds = "words";
  words.chip.global_buffer.filter_banks = 65536;
  return words;
}

/// Edges by which all passes together wait for their filters: those of a PE of the last one.
std::int64_t waits_of(const LayerRun& run) {
  const std::vector<std::string>& causes = run.activity.stall_causes;
  const auto cause = std::find(causes.begin(), causes.end(), "weight") - causes.begin();
  std::int64_t most = 0;
  for (const PeActivity& pe : run.activity.pes) most = std::max(most, pe.stalls[static_cast<std::size_t>(cause)]);
  return most;
}

/// Processing cycles without those of passes that wait for sums that leave: waits hide behind such.
std::int64_t undrained(const LayerRun& run) {
  std::int64_t cycles = run.processing_cycles;
  const std::vector<std::string>& causes = run.activity.stall_causes;
  const auto cause = std::find(causes.begin(), causes.end(), "drain");
  if (cause == causes.end()) return cycles;
  std::int64_t most = 0;
  for (const PeActivity& pe : run.activity.pes) {
    most = std::max(most, pe.stalls[static_cast<std::size_t>(cause - causes.begin())]);
  }
  return cycles - most;
}

class TileStores : public testing::TestWithParam<std::string> {};

TEST_P(TileStores, CostTheirWaitsAndNothingElse) {
  std::int64_t compared = 0;
  std::int64_t kept_tiles = 0;
  for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const LayerCase streams = random_case(seed, GetParam());
    if (!streams.chip.weight_memory.holds_streams() || streams.chip.weight_memory.looks_up()) continue;
    const LayerCase words = with_words(streams);
    ASSERT_TRUE(words.legal()) << to_json(streams);
    LayerCase same = streams;
    same.mapping = words.mapping;
    const LayerRun stored = same.run_event();
    const LayerRun plain = words.run_event();
    EXPECT_EQ(stored.ofmap, plain.ofmap) << to_json(streams);
    EXPECT_EQ(undrained(stored), undrained(plain) + waits_of(stored)) << to_json(streams);
    EXPECT_GT(waits_of(stored), 0) << to_json(streams);
    EXPECT_EQ(stored.macs_performed, plain.macs_performed);
    EXPECT_EQ(stored.macs_skipped, plain.macs_skipped);
    EXPECT_EQ(plain.counts.count("tile_store.write"), 0U);
    for (const PassRecord& pass : stored.passes) kept_tiles += pass.filters_sent == pass.start ? 1 : 0;
    ++compared;
  }
  EXPECT_GE(compared, kSeeds / 10);
  EXPECT_GE(kept_tiles, kSeeds / 20);
}

INSTANTIATE_TEST_SUITE_P(Array, TileStores, testing::ValuesIn(arrays_with_stores()),
                         [](const auto& array) { return array.param; });

class DecodableFilters : public testing::TestWithParam<std::string> {};

TEST_P(DecodableFilters, MayHaveAnyFormatThatDecodesToWordsInOrder) {
  const ArrayKind& kind = *Registry<ArrayKind>::instance().find(GetParam());
  if (kind.own_filter_format()) {
    EXPECT_FALSE(kind.takes_decoded_filters());
    return;
  }
  ASSERT_TRUE(kind.takes_decoded_filters());
  for (const std::string& codec : Registry<Codec>::instance().names()) {
    LayerCase layer(GetParam());
    layer.shape = {2, 6, 3, 2, 7, 6, 3, 3, 2, 1};
    layer.weight_bits = 8;
    layer.chip.mac.accumulator_bits = 24;
    layer.chip.global_buffer.filter_banks = 64;
    layer.chip.codec.filter = codec;
    const LayerRun words = layer.run_event();
    layer.chip.weight_memory.holds = "stream";
    for (const LayerRun& run : {layer.run(), layer.run_event()}) {
      EXPECT_EQ(run.ofmap, words.ofmap) << codec;
      EXPECT_EQ(run.ofmap, layer.expected()) << codec;
      EXPECT_EQ(run.counts.at("global_buffer.filter_write"), 0) << codec;
      EXPECT_GT(run.counts.at("weight_memory.read"), 0) << codec;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Array, DecodableFilters, testing::ValuesIn(Registry<ArrayKind>::instance().names()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
