// SPDX-License-Identifier: Apache-2.0
// Both levels agree on MACs that come several at once or take several cycles, for every array that holds such: random
// layers with narrow words, on each datapath that has another rate there.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/one_case.hpp"
#include "tests/conformance/shrink.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kSeeds = 400;            // for each datapath
constexpr std::int64_t kFirstSeed = 4'000'000;  // apart from those of the other tests
constexpr std::int64_t kWidest = 8;             // bits

std::vector<std::string> arrays_that_pace() {
  std::vector<std::string> arrays;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    if (Registry<ArrayKind>::instance().find(name)->paces_macs()) arrays.push_back(name);
  }
  return arrays;
}

/// Whether it issues anything but a MAC every cycle at some narrow widths.
bool has_a_rate(const MacDatapath& datapath) {
  for (std::int64_t bits = 1; bits <= kWidest; ++bits) {
    if (!(datapath.rate({bits, bits}) == MacRate())) return true;
  }
  return false;
}

/// A random layer on that datapath, with narrow words. It need not be legal.
LayerCase narrow_case(std::int64_t seed, const std::string& array, const std::string& mac) {
  Dice dice(seed);
  LayerCase c = random_case(seed, array);
  c.chip.mac.kind = mac;
  c.chip.weight_memory.look_up = "array";  // the draw was for other MACs
  c.weight_bits = std::min(c.weight_bits, dice.draw(2, kWidest));
  c.activation_bits = std::min(c.activation_bits, dice.draw(2, kWidest));
  c.fit_widths();
  return c;
}

class MacRates : public testing::TestWithParam<std::string> {};

TEST_P(MacRates, OfEveryDatapathGiveTheSameAtBothLevels) {
  const auto differ = [](const LayerCase& c) { return !level_differences(c).empty(); };
  std::int64_t several_macs = 0;
  std::int64_t several_cycles = 0;
  for (const std::string& mac : Registry<MacDatapath>::instance().names()) {
    if (!has_a_rate(*Registry<MacDatapath>::instance().find(mac))) continue;
    for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
      const LayerCase c = narrow_case(seed, GetParam(), mac);
      if (!c.legal()) continue;
      const Outcome clocked = outcome_of([&c] { return c.run(); });
      const std::vector<std::string> lines = differences(clocked, outcome_of([&c] { return c.run_event(); }));
      ASSERT_TRUE(lines.empty()) << mac << ", seed " << seed << ":\n" << head(lines) << report(c, differ);
      ASSERT_EQ(clocked.run.ofmap, c.expected()) << command_line(c);
      several_macs += clocked.run.mac_rate.macs > 1 ? 1 : 0;
      several_cycles += clocked.run.mac_rate.cycles > 1 ? 1 : 0;
    }
  }
  EXPECT_GE(several_macs, kSeeds / 4);
  EXPECT_GE(several_cycles, kSeeds / 4);
}

INSTANTIATE_TEST_SUITE_P(Array, MacRates, testing::ValuesIn(arrays_that_pace()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
