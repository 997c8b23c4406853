// SPDX-License-Identifier: Apache-2.0
// The random layers show what a weight decoder does, for every array that takes filters from one: enough of them hold
// streams and wait for weights.
#include <gtest/gtest.h>

#include <map>

#include "hw/array/systolic/config.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kSeeds = 400;
constexpr std::int64_t kFirstSeed = 3'000'000;  // apart from those of the other tests

std::vector<std::string> arrays_with_decoders() {
  std::vector<std::string> arrays;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    if (Registry<ArrayKind>::instance().find(name)->takes_decoded_filters()) arrays.push_back(name);
  }
  return arrays;
}

class DecodedFilters : public testing::TestWithParam<std::string> {};

TEST_P(DecodedFilters, AreDrawnWithAndWithoutALookUp) {
  std::int64_t streams = 0;
  std::int64_t looked_up = 0;
  for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const WeightMemoryConfig memory = random_case(seed, GetParam()).chip.weight_memory;
    streams += memory.holds_streams() ? 1 : 0;
    looked_up += memory.looks_up() ? 1 : 0;
  }
  EXPECT_GE(streams, kSeeds / 5);
  EXPECT_GE(looked_up, kSeeds / 20);
  EXPECT_GE(streams - looked_up, kSeeds / 20);
}

INSTANTIATE_TEST_SUITE_P(Array, DecodedFilters, testing::ValuesIn(arrays_with_decoders()),
                         [](const auto& array) { return array.param; });

TEST(DecodedFiltersOfASystolicArray, MakeEveryDataflowWait) {
  std::map<std::string, int> waiting;  // cases, by dataflow and buffering
  for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const LayerCase c = random_case(seed, "systolic");
    if (!c.chip.weight_memory.holds_streams()) continue;
    const auto& array = static_cast<const SystolicConfig&>(c.chip.array.config());
    const bool waits = c.run_event().stall_cycles.at("weight") > 0;
    waiting[array.dataflow + (array.double_buffered ? ", double-buffered" : "")] += waits ? 1 : 0;
  }
  EXPECT_EQ(waiting.size(), 5U);
  for (const auto& [kind, cases] : waiting) EXPECT_GE(cases, 8) << kind;
}

}  // namespace
}  // namespace lacuna::test
