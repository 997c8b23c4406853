// SPDX-License-Identifier: Apache-2.0
// The worked cases in tests/vectors/cnvlutin.json, at both levels: windows of a few bricks, and a brick with offsets.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/codec/offset_bricks.hpp"
#include "tests/support/lane_skip_layer.hpp"

namespace lacuna::test {
namespace {

using nlohmann::json;

json all_cases() {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/cnvlutin.json");
  return json::parse(file)["cases"];
}

/// One window: the bricks of one place of the plane, one behind the other along the channels, and one filter.
struct Window {
  explicit Window(const json& input) {
    const auto bricks = input["window_bricks"].get<std::vector<std::vector<StoredWord>>>();
    layer = LaneSkipLayer(1, input["lanes"], 1, input["brick_size"]);
    layer.array().empty_brick_cycles = input["empty_brick_cycles"];
    layer.shape.C = input["brick_size"].get<std::int64_t>() * static_cast<std::int64_t>(bricks.size());
    words = layer.words();
    words.ifmaps[0].clear();
    for (const auto& brick : bricks) words.ifmaps[0].insert(words.ifmaps[0].end(), brick.begin(), brick.end());
  }
  LaneSkipLayer layer;
  LaneSkipLayer::Words words;
};

std::vector<std::int64_t> lane_cycles(const LayerRun& run) {
  std::vector<std::int64_t> cycles;
  for (const PeActivity& pe : run.activity.pes) cycles.push_back(pe.performed + pe.gated + pe.stalls[0]);
  return cycles;
}

void expect_window(const json& one) {
  Window window(one["input"]);
  const json& expected = one["expected"];
  const auto [clocked, event] = window.layer.run_on(window.words);
  for (const LayerRun* run : {&clocked, &event}) {
    EXPECT_EQ(lane_cycles(*run), expected["lane_cycles"].get<std::vector<std::int64_t>>());
    EXPECT_EQ(run->processing_cycles, expected["window_cycles"].get<std::int64_t>());
    EXPECT_GE(run->processing_cycles, expected["lower_bound"].get<std::int64_t>());
  }
  window.layer.array().skip = false;
  const auto [clocked_base, event_base] = window.layer.run_on(window.words);
  EXPECT_EQ(clocked_base.processing_cycles, expected["baseline_cycles"].get<std::int64_t>());
  EXPECT_EQ(event_base.processing_cycles, expected["baseline_cycles"].get<std::int64_t>());
  EXPECT_EQ(clocked.ofmap, clocked_base.ofmap);
  EXPECT_EQ(event.ofmap, event_base.ofmap);
}

void expect_brick(const json& one) {
  const auto neurons = one["input"]["brick"].get<std::vector<StoredWord>>();
  OffsetBricks format;
  format.channels = static_cast<std::int64_t>(neurons.size());
  format.height = format.width = 1;
  std::vector<std::vector<std::int64_t>> pairs;
  for (const auto& slot : read_brick(format, encode_bricks(format, neurons), 0)) {
    pairs.push_back({slot.value, slot.offset});
  }
  const json& expected = one["expected"];
  EXPECT_EQ(pairs, expected["pairs"].get<std::vector<std::vector<std::int64_t>>>());
  EXPECT_EQ(static_cast<std::int64_t>(pairs.size()), expected["nnz"].get<std::int64_t>());
  EXPECT_EQ(format.bits(), expected["stored_bits"].get<std::int64_t>());
  EXPECT_EQ(format.channels * format.value_bits, expected["dense_bits"].get<std::int64_t>());
}

TEST(CnvlutinVectors, EveryCaseIsWhatTheLanesAndTheBricksGive) {
  int cases = 0;
  for (const json& one : all_cases()) {
    SCOPED_TRACE(one["id"].get<std::string>());
    one["input"].contains("window_bricks") ? expect_window(one) : expect_brick(one);
    ++cases;
  }
  EXPECT_EQ(cases, 5);
}

}  // namespace
}  // namespace lacuna::test
