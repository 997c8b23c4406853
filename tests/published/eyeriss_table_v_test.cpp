// SPDX-License-Identifier: Apache-2.0
// The committed results of AlexNet on Eyeriss against Table V of Chen et al., JSSC 52(1), 2017. The slow suite runs
// them again and compares every byte; eyeriss_tiles_test.cpp sees by default whether the machine still gives them.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/golden_result.hpp"

namespace lacuna {
namespace {

const char* const kLayers[] = {"conv1", "conv2", "conv3", "conv4", "conv5"};

TEST(EyerissTableV, HasTheMacsOfAlexNet) {
  // N M E F C R S, C per group
  const std::int64_t macs[] = {
      std::int64_t{4} * 96 * 55 * 55 * 3 * 11 * 11, std::int64_t{4} * 256 * 27 * 27 * 48 * 5 * 5,
      std::int64_t{4} * 384 * 13 * 13 * 256 * 3 * 3, std::int64_t{4} * 384 * 13 * 13 * 192 * 3 * 3,
      std::int64_t{4} * 256 * 13 * 13 * 192 * 3 * 3};
  std::int64_t total = 0;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(golden_layer("table_iii", kLayers[i]).macs_total, macs[i]) << kLayers[i];
    total += macs[i];
  }
  EXPECT_EQ(total, std::int64_t{4} * 665'784'864);
}

TEST(EyerissTableV, HasItsActivePesExactly) {
  const std::int64_t pes[] = {154, 135, 156, 156, 156};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(golden_layer("table_iii", kLayers[i]).active_pes, pes[i]) << kLayers[i];
}

TEST(EyerissTableV, HasItsGlobalBufferTrafficWithin0Point05Megabytes) {
  const double megabytes[] = {18.45, 77.57, 69.22, 37.37, 24.92};
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(golden_layer("table_iii", kLayers[i]).global_buffer_mb, megabytes[i], 0.05) << kLayers[i];
  }
  EXPECT_NEAR(golden_layer("table_iii_glb", "conv3").global_buffer_mb, 50.22, 0.05);
}

TEST(EyerissTableV, HasItsProcessingLatency) {
  const double published_ms[] = {16.5, 39.2, 21.8, 16.0, 10.0};
  const auto percent_off = [](double found, double published) { return 100.0 * (found / published - 1.0); };
  double ms[5] = {};
  double mean = 0.0;
  for (int i = 0; i < 5; ++i) {
    ms[i] = golden_layer("table_iii", kLayers[i]).processing_ms;
    EXPECT_NEAR(percent_off(ms[i], published_ms[i]), 0.0, 8.0) << kLayers[i];
    mean += std::abs(percent_off(ms[i], published_ms[i])) / 5;
  }
  EXPECT_LT(mean, 4.5);
  EXPECT_NEAR(percent_off(ms[0] + ms[1] + ms[2] + ms[3] + ms[4], 16.5 + 39.2 + 21.8 + 16.0 + 10.0), 0.0, 3.0);
  EXPECT_NEAR(percent_off(ms[3] + ms[4], 16.0 + 10.0), 0.0, 4.0);
}

// Two numbers are fitted to these powers (configs/energy/eyeriss_65nm.json): analysis/fit_eyeriss_65nm.py has the
// errors that layers left out of the fit have.
TEST(EyerissTableV, HasItsPower) {
  const double published_mw[] = {332, 288, 266, 235, 236};
  double mean = 0.0;
  double energy_uj = 0.0;
  double total_ms = 0.0;
  for (int i = 0; i < 5; ++i) {
    // CONV3 moves the published buffer traffic with this mapping
    const GoldenLayer layer = golden_layer(i == 2 ? "table_iii_glb" : "table_iii", kLayers[i]);
    const double ms = static_cast<double>(layer.total_cycles) / 200'000;
    const double percent = 100.0 * (layer.energy_chip_pj / 1e6 / ms / published_mw[i] - 1.0);
    EXPECT_NEAR(percent, 0.0, 7.0) << kLayers[i];
    mean += std::abs(percent) / 5;
    energy_uj += layer.energy_chip_pj / 1e6;
    total_ms += ms;
  }
  EXPECT_LT(mean, 3.8);  // 3.7: the two fitted numbers cannot do better on the machine's own counts and latencies
  EXPECT_NEAR(energy_uj / total_ms, 278.0, 0.02 * 278);
}

}  // namespace
}  // namespace lacuna
