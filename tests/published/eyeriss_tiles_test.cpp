// SPDX-License-Identifier: Apache-2.0
// Table V of Chen et al., JSSC 52(1), 2017, from one tile of each layer: tests/data/tiles/README.md has the arithmetic.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/engine/engine.hpp"
#include "tests/support/golden_result.hpp"

namespace lacuna {
namespace {

LayerResult run_tile(const std::string& tile, const std::vector<Override>& overrides = {}) {
  const JsonDocument document = JsonDocument::load(LACUNA_SOURCE_DIR "/tests/data/tiles/" + tile + ".json");
  return run_experiment(compose({document, overrides, {}}), {}).layers.front();
}

/// A layer of Table V and the tiles that it is cut into.
struct Row {
  const char* layer;
  const char* tile;
  std::int64_t tiles;
  double psums;   ///< of the layer over those of the tile
  double ifmaps;  ///< ifmap words sent for the layer over those sent for the tile
  double published_ms;
  std::int64_t active_pes;
  double global_buffer_mb;
};

// The 55 ofmap rows of conv1 are seven strips of 7 and one of 6. That one has 6 / 7 of the psums and is sent (6 - 1) x
// 4
// + 11 = 31 ifmap rows instead of (7 - 1) x 4 + 11 = 35: 7 x 35 + 31 = 276 for a channel of an image.
const Row kTableV[] = {
    {"conv1", "conv1", 32, 4 * 55 / 7.0, 4 * 276 / 35.0, 16.5, 154, 18.45},
    {"conv2", "conv2", 16, 16, 16, 39.2, 135, 77.57},
    {"conv3", "conv3", 6, 6, 6, 21.8, 156, 69.22},
    {"conv4", "conv4", 6, 6, 6, 16.0, 156, 37.37},
    {"conv5", "conv4", 4, 4, 4, 10.0, 156, 24.92},
};

/// What the layer moves through the global buffer. Every psum is read and written once a pass.
double global_buffer_mb(const Row& row, const LayerResult& tile) {
  const auto psums = static_cast<double>(tile.global_buffer_write_bytes);
  const auto ifmaps = static_cast<double>(tile.global_buffer_read_bytes) - psums;
  return (2 * psums * row.psums + ifmaps * row.ifmaps) / 1e6;
}

double percent_off(double found, double published) { return 100.0 * (found / published - 1.0); }

TEST(EyerissTiles, TimesTheirNumberGiveTableV) {
  const double kMsPerCycle = 1.0 / 200'000;
  std::map<std::string, LayerResult> tiles;
  for (const char* tile : {"conv1", "conv2", "conv3", "conv4"}) tiles[tile] = run_tile(tile);
  double total_ms = 0.0;
  double published_total_ms = 0.0;
  double conv4_and_conv5_ms = 0.0;
  double mean_percent = 0.0;
  for (const Row& row : kTableV) {
    SCOPED_TRACE(row.layer);
    const LayerResult& tile = tiles.at(row.tile);
    const auto cycles = static_cast<double>(tile.processing_cycles * row.tiles);
    const auto whole = static_cast<double>(golden_layer("table_iii", row.layer).processing_cycles);
    EXPECT_NEAR(percent_off(cycles, whole), 0.0, 0.2) << cycles << " of " << whole << " cycles";
    const double ms = cycles * kMsPerCycle;
    EXPECT_NEAR(percent_off(ms, row.published_ms), 0.0, 8.0);
    EXPECT_EQ(tile.active_pes, row.active_pes);
    EXPECT_NEAR(global_buffer_mb(row, tile), row.global_buffer_mb, 0.05);
    total_ms += ms;
    published_total_ms += row.published_ms;
    if (row.tile == std::string("conv4")) conv4_and_conv5_ms += ms;
    mean_percent += std::abs(percent_off(ms, row.published_ms)) / std::size(kTableV);
  }
  EXPECT_LT(mean_percent, 4.5);
  EXPECT_NEAR(percent_off(total_ms, published_total_ms), 0.0, 3.0);
  EXPECT_NEAR(percent_off(conv4_and_conv5_ms, 16.0 + 10.0), 0.0, 4.0);
}

TEST(EyerissTiles, TakeExactlyAsLongWithoutZeroGatingAndMoreEnergy) {
  const Override one_image = {"/run/batch", "1", "one image"};
  const LayerResult gated = run_tile("conv4", {one_image});
  const LayerResult ungated = run_tile("conv4", {one_image, {"/chip/array/gate_on", "\"none\"", "no gating"}});
  EXPECT_EQ(gated.processing_cycles, ungated.processing_cycles);
  EXPECT_EQ(gated.total_cycles, ungated.total_cycles);
  EXPECT_EQ(gated.stall_cycles, ungated.stall_cycles);
  EXPECT_EQ(gated.output_sha256, ungated.output_sha256);
  EXPECT_EQ(gated.macs_total, 64 * 13 * 13 * 192 * 9);  // M E F C R S
  EXPECT_EQ(gated.macs_performed + gated.macs_gated, gated.macs_total);
  EXPECT_EQ(ungated.macs_performed, ungated.macs_total);
  // Padding is 1 - (13 / 15)^2 = 0.249 of the padded map. Its zeros reach fewer MACs than those in the middle: of a row
  // of 15 words the outermost meet one window of 3 columns, so of 39 products a row has 2 with padding; (37 / 39)^2 =
  // 0.900 of all MACs read no padding. Of the unpadded map 1 - (1 - 0.793) / (13 / 15)^2 = 0.724 are zeros: the MACs
  // performed are near 0.900 x 0.276 = 0.248 of all.
  EXPECT_NEAR(static_cast<double>(gated.macs_performed) / static_cast<double>(gated.macs_total), 0.248, 0.005);
  EXPECT_LT(gated.energy_chip_pj, ungated.energy_chip_pj);
}

}  // namespace
}  // namespace lacuna
