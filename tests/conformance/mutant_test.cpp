// SPDX-License-Identifier: Apache-2.0
// The suite can fail: an event model with any one number off by one is caught, for every registered array.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/conformance/mutant.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kSeeds = 300;
constexpr std::int64_t kFirstSeed = 1'000'000;  // apart from those of the random tests

/// Parameters of the chip around the array that the event model itself reads. The others act through the schedule, the
/// streams in DRAM or the MAC, which both levels share.
const std::vector<std::string> kChipParameters = {"/core_clock_khz", "/dram_link/clock_khz"};

/// The same layers for every mutant of an array, with what the clocked model makes of them.
struct Baseline {
  LayerCase layer;
  Outcome clocked;
};

std::vector<Baseline> baselines(const std::string& array) {
  std::vector<Baseline> result;
  for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const LayerCase layer = random_case(seed, array);
    result.push_back({layer, outcome_of([&layer] { return layer.run(); })});
  }
  return result;
}

RunHooks with(const std::function<void(Described&)>& perturb) {
  RunHooks hooks;
  hooks.perturb = perturb;
  return hooks;
}

/// Layers in which the event model, run by `run_event`, differs from the clocked one.
std::int64_t caught(const std::vector<Baseline>& layers,
                    const std::function<LayerRun(const LayerCase& layer)>& run_event) {
  std::int64_t count = 0;
  for (const Baseline& base : layers) {
    const Outcome event = outcome_of([&] { return run_event(base.layer); });
    count += differences(base.clocked, event).empty() ? 0 : 1;
  }
  return count;
}

class Mutants : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { layers_ = baselines(GetParam()); }

  /// A number off by one more or, where that shows nowhere or is not allowed, by one less.
  void expect_caught(const std::string& name, const std::function<LayerRun(const LayerCase&, std::int64_t)>& run) {
    for (const std::int64_t delta : {+1, -1}) {
      const std::int64_t seeds = caught(layers_, [&](const LayerCase& layer) { return run(layer, delta); });
      std::cout << GetParam() << " " << name << (delta > 0 ? " + 1" : " - 1") << ": caught by " << seeds << " of "
                << kSeeds << " layers\n";
      if (seeds > 0) return;
    }
    ADD_FAILURE() << GetParam() << " " << name << ": no layer shows it";
  }

  /// The event array's own parameters.
  std::vector<std::string> array_parameters() const {
    std::vector<std::string> fields;
    layers_.front().layer.run_event(with([&fields](Described& own) { fields = integer_fields(own); }));
    return fields;
  }

  std::vector<Baseline> layers_;
};

TEST_P(Mutants, AreNotSeenWhereThereIsNone) {
  EXPECT_EQ(caught(layers_, [](const LayerCase& layer) { return layer.run_event(); }), 0);
}

TEST_P(Mutants, OfEveryNumberOfTheEventArrayAreCaught) {
  const std::vector<std::string> fields = array_parameters();
  EXPECT_FALSE(fields.empty()) << "the event model offers no parameters to ArraySetup::perturb";
  for (const std::string& field : fields) {
    expect_caught(field, [&field](const LayerCase& layer, std::int64_t delta) {
      return layer.run_event(with([&](Described& own) { perturb_field(own, field, delta); }));
    });
  }
}

TEST_P(Mutants, OfTheDramLinkAreCaught) {
  for (const std::string& field : kChipParameters) {
    expect_caught(field, [&field](const LayerCase& layer, std::int64_t delta) {
      LayerCase mutant = layer;
      perturb_field(mutant.chip, field, delta);
      return mutant.run_event();
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Array, Mutants, testing::ValuesIn(Registry<ArrayKind>::instance().names()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
