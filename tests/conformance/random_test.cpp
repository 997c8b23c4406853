// SPDX-License-Identifier: Apache-2.0
// Both levels of every registered array agree on seeded random layers.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/one_case.hpp"
#include "tests/conformance/shrink.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kCases = 16000;  // in all, dealt to the arrays in turn
constexpr std::int64_t kShards = 8;

std::string array_of(std::int64_t seed) {
  const std::vector<std::string> names = Registry<ArrayKind>::instance().names();
  return names[static_cast<std::size_t>(seed / kShards) % names.size()];  // every shard has all of them
}

/// Whether two passes of a run took equally long to load and to end.
bool passes_repeat(const LayerRun& run) {
  std::vector<std::pair<std::int64_t, std::int64_t>> lengths;
  for (const PassRecord& pass : run.passes) lengths.emplace_back(pass.filters_sent - pass.start, pass.end - pass.start);
  std::sort(lengths.begin(), lengths.end());
  return std::adjacent_find(lengths.begin(), lengths.end()) != lengths.end();
}

class RandomLayers : public testing::TestWithParam<std::int64_t> {};

TEST_P(RandomLayers, GiveTheSameEdgesCountsAndWordsAtBothLevelsAndTheOfmapOfPlainLoops) {
  const auto differ = [](const LayerCase& c) { return !level_differences(c).empty(); };
  std::int64_t cases = 0;
  std::int64_t repeating = 0;
  for (std::int64_t seed = GetParam(); seed < kCases; seed += kShards) {
    const LayerCase c = random_case(seed, array_of(seed));
    const Outcome clocked = outcome_of([&c] { return c.run(); });
    const std::vector<std::string> lines = differences(clocked, outcome_of([&c] { return c.run_event(); }));
    ASSERT_TRUE(lines.empty()) << "seed " << seed << " (clocked, event):\n" << head(lines) << report(c, differ);
    ASSERT_EQ(clocked.run.ofmap, c.expected()) << command_line(c);
    ++cases;
    repeating += passes_repeat(clocked.run) ? 1 : 0;
  }
  EXPECT_GE(2 * repeating, cases) << "too few cases in which the timing of a pass can be remembered";
}

/// The event level leaves filter words of fixed-size streams where they are, unless a fault is armed. One that never
/// strikes makes it move them: through DRAM, link and codec to the places that the schedule says.
TEST_P(RandomLayers, HaveTheSameFilterWordsInPlaceAsWhenTheyAreMoved) {
  constexpr std::int64_t kStep = 8;
  for (std::int64_t seed = GetParam(); seed < kCases; seed += kStep * kShards) {
    LayerCase c = random_case(seed, array_of(seed));
    c.chip.codec.filter = "dense";
    const Outcome in_place = outcome_of([&c] { return c.run_event(); });
    const Outcome moved = outcome_of([&c] {
      RunHooks hooks;
      hooks.faults.dram_word.arm(std::int64_t{1} << 60);
      return c.run_event(hooks);
    });
    const std::vector<std::string> lines = differences(in_place, moved);
    ASSERT_TRUE(lines.empty()) << "seed " << seed << " (in place, moved):\n" << head(lines) << command_line(c);
  }
}

/// With known ofmaps the event level leaves the words of feature maps where they are and counts their streams. A fault
/// that never strikes makes it move them.
TEST_P(RandomLayers, HaveTheSameFiguresWithKnownOfmapsWhetherTheirWordsMoveOrNot) {
  constexpr std::int64_t kStep = 8;
  for (std::int64_t seed = GetParam(); seed < kCases; seed += kStep * kShards) {
    const LayerCase c = random_case(seed, array_of(seed));
    const std::vector<StoredWord> ofmaps = c.expected();
    const Outcome computed = outcome_of([&c] { return c.run_event(); });
    for (const bool moved : {false, true}) {
      const Outcome known = outcome_of([&] {
        RunHooks hooks;
        if (moved) hooks.faults.dram_word.arm(std::int64_t{1} << 60);
        return c.run_event(hooks, ofmaps);
      });
      const std::vector<std::string> lines = differences(computed, known);
      ASSERT_TRUE(lines.empty()) << "seed " << seed << " (computed, known" << (moved ? " and moved" : "") << "):\n"
                                 << head(lines) << command_line(c);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shard, RandomLayers, testing::Range(std::int64_t{0}, kShards));

}  // namespace
}  // namespace lacuna::test
