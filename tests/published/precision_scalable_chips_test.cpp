// SPDX-License-Identifier: Apache-2.0
// The cycles on the pages of stripes and envision are those of the machines, by layer: published closed forms, and the
// figures worked out from them.
#include <gtest/gtest.h>

#include <array>

#include "hw/array/mapping_space.hpp"
#include "tests/support/printed.hpp"
#include "tests/support/program.hpp"
#include "tests/support/whole_layer.hpp"

namespace lacuna::test {
namespace {

constexpr std::array<const char*, 5> kConvs = {"conv1", "conv2", "conv3", "conv4", "conv5"};
constexpr std::array<std::int64_t, 5> kStripesBits = {9, 8, 5, 5, 7};  // of activations; not confirmed

std::string page_of(const std::string& chip) {
  return bytes_of(std::string(LACUNA_SOURCE_DIR "/configs/chips/") + chip + ".md");
}

std::string times(std::int64_t cycles, std::int64_t faster, int decimals) {
  return printed(static_cast<double>(cycles) / static_cast<double>(faster), decimals);
}

std::int64_t cycles_of(const LayerCase& c) { return c.run_event().processing_cycles; }

/// The same by the closed forms of both arrays, which are exact: FC layers have many words.
std::int64_t closed_form(const LayerCase& c) {
  const ArrayKind& kind = c.chip.array.array();
  const MappingContext context = c.context();
  return kind.cost(context, *kind.default_mapping(context)).cycles;
}

TEST(StripesPage, HasTheCyclesOfTheMachineAndOfItsDenseBase) {
  const std::string page = page_of("stripes");
  std::int64_t dense_cycles = 0;
  std::int64_t serial_cycles = 0;
  std::int64_t macs = 0;
  std::int64_t bit_macs = 0;
  for (std::size_t i = 0; i < kConvs.size(); ++i) {
    const std::int64_t dense = cycles_of(whole_layer_case({"dadiannao", kConvs[i], 1}));
    LayerCase layer = whole_layer_case({"stripes", kConvs[i], 1});
    layer.activation_bits = kStripesBits[i];
    const std::int64_t serial = cycles_of(layer);
    const std::string row = std::string("| ") + kConvs[i] + " | " + std::to_string(kStripesBits[i]) + " | " +
                            with_commas(dense) + " | " + with_commas(serial) + " | " + times(dense, serial, 3) + " | " +
                            times(16, kStripesBits[i], 3) + " |\n";
    EXPECT_NE(page.find(row), std::string::npos) << row;
    dense_cycles += dense;
    serial_cycles += serial;
    macs += layer.shape.macs();
    bit_macs += layer.shape.macs() * kStripesBits[i];
  }
  EXPECT_EQ(dense_cycles, 597055);
  EXPECT_EQ(serial_cycles, 306462);
  const std::string row = "| all | | 597,055 | 306,462 | " + times(dense_cycles, serial_cycles, 3) + " | " +
                          times(16 * macs, bit_macs, 3) + " |\n";
  EXPECT_NE(page.find(row), std::string::npos) << row;
}

TEST(StripesPage, HasTheCyclesOfFcLayers) {
  const std::string page = page_of("stripes");
  for (const char* name : {"fc6", "fc7", "fc8"}) {
    LayerCase layer = whole_layer_case({"stripes", name, 1});
    const std::int64_t dense = closed_form(whole_layer_case({"dadiannao", name, 1}));
    const std::string row =
        std::string("| ") + name + " | " + with_commas(dense) + " | " + with_commas(closed_form(layer)) + " |\n";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

TEST(EnvisionPage, HasTheCyclesOfItsModes) {
  const std::string page = page_of("envision");
  std::array<std::int64_t, 3> sums{};
  constexpr std::array<std::int64_t, 3> kBits = {16, 8, 4};
  std::int64_t macs = 0;
  for (const char* name : kConvs) {
    std::string row = std::string("| ") + name;
    for (std::size_t mode = 0; mode < kBits.size(); ++mode) {
      LayerCase layer = whole_layer_case({"envision", name, 1});
      layer.weight_bits = layer.activation_bits = kBits[mode];
      const std::int64_t cycles = cycles_of(layer);
      // Every word of the channels takes a sub-word: the closed form that counts MACs is below what shapes allow.
      EXPECT_GE(cycles, ceil_div(layer.shape.macs(), 256 * 16 / kBits[mode]));
      row += " | " + with_commas(cycles);
      sums[mode] += cycles;
      if (mode == 0) macs += layer.shape.macs();
    }
    EXPECT_NE(page.find(row + " |\n"), std::string::npos) << row;
  }
  const std::string all =
      "| all | " + with_commas(sums[0]) + " | " + with_commas(sums[1]) + " | " + with_commas(sums[2]) + " |\n";
  EXPECT_NE(page.find(all), std::string::npos) << all;
  std::string least = "| MACs / (256 x sub-words) ";
  for (const std::int64_t bits : kBits) least += "| " + with_commas(ceil_div(macs, 256 * 16 / bits)) + " ";
  EXPECT_NE(page.find(least + "|\n"), std::string::npos) << least;
}

TEST(UnpuPage, HasThePeakAndTheCyclesOfItsWidths) {
  const std::string page = page_of("unpu");
  for (const std::int64_t bits : {16, 8, 4, 2}) {
    std::int64_t cycles = 0;
    std::int64_t bound = 0;
    double peak = 0;
    for (const char* name : kConvs) {
      LayerCase layer = whole_layer_case({"unpu", name, 1});
      layer.weight_bits = bits;
      const MacRate rate = layer.context().mac_rate;
      const std::int64_t macs = layer.chip.array.config().pes() * rate.macs;  // of rate.cycles
      peak = 2e-6 * static_cast<double>(macs * layer.chip.core_clock_khz) / static_cast<double>(rate.cycles);
      bound += ceil_div(layer.shape.macs() * rate.cycles, macs);
      cycles += closed_form(layer);
    }
    const std::string row = "| " + std::to_string(bits) + " bits | " + printed(peak, 1) + " | " + with_commas(cycles) +
                            " | " + with_commas(bound) + " |\n";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace lacuna::test
