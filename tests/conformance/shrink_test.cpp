// SPDX-License-Identifier: Apache-2.0
// What a failing test prints: with an event model made wrong on purpose, the smallest layer that shows it.
#include "tests/conformance/shrink.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/conformance/mutant.hpp"
#include "tests/conformance/one_case.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

class Shrink : public testing::TestWithParam<std::string> {};

TEST_P(Shrink, FindsALayerOfAFewMacsThatShowsAWrongEventModel) {
  std::vector<std::string> fields;
  level_differences(random_case(0, GetParam()), [&fields](Described& own) { fields = integer_fields(own); });
  std::int64_t shrunk = 0;
  for (const std::string& field : fields) {
    const auto mutate = [&field](Described& own) { perturb_field(own, field, +1); };
    const auto fails = [&mutate](const LayerCase& c) { return !level_differences(c, mutate).empty(); };
    std::int64_t seed = 0;
    while (seed < 100 && !fails(random_case(seed, GetParam()))) ++seed;
    if (seed == 100) continue;  // rare: the test of the mutants looks at more layers
    const LayerCase smallest = shrink(random_case(seed, GetParam()), fails);
    ++shrunk;
    EXPECT_TRUE(smallest.legal() && fails(smallest)) << field;
    EXPECT_LE(smallest.shape.macs(), 64) << field << ": " << command_line(smallest);  // of up to 10,000
    EXPECT_EQ(to_json(case_from_json(to_json(smallest))), to_json(smallest));
  }
  EXPECT_GT(2 * shrunk, static_cast<std::int64_t>(fields.size()));
}

TEST_P(Shrink, LeavesNothingOfALayerThatFailsWhateverItIs) {
  const LayerCase smallest = shrink(random_case(1, GetParam()), [](const LayerCase&) { return true; });
  EXPECT_EQ(smallest.shape.macs(), 1) << command_line(smallest);
  EXPECT_EQ(smallest.chip.array.config().pes(), 1) << command_line(smallest);
}

TEST_P(Shrink, KeepsTheOneThingThatALayerFailsFor) {
  const auto fails = [](const LayerCase& c) { return c.shape.W >= 3; };
  std::int64_t seed = 0;
  while (!fails(random_case(seed, GetParam()))) ++seed;
  const LayerCase smallest = shrink(random_case(seed, GetParam()), fails);
  EXPECT_EQ(smallest.shape.W, 3);
  EXPECT_EQ(smallest.shape.H * smallest.shape.M * smallest.shape.C * smallest.shape.N * smallest.shape.G, 1);
}

TEST_P(Shrink, PrintsACaseThatThisProgramRuns) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(run_case(to_json(random_case(2, GetParam())), out, errors), 0);
  EXPECT_EQ(out.str(), "both levels agree\n");
  EXPECT_EQ(errors.str(), "");
}

TEST_P(Shrink, RefusesACaseThatTheArrayDoesNotTake) {
  const std::string tall = R"({"R": 3, "H": 2, "chip": {"array": {"kind": ")" + GetParam() + R"("}}})";
  for (const std::string& text : {tall, std::string("{}"), std::string("no JSON")}) {
    std::ostringstream out;
    std::ostringstream errors;
    EXPECT_EQ(run_case(text, out, errors), 2) << text;
    EXPECT_EQ(errors.str().substr(0, 7), "error: ") << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Array, Shrink, testing::ValuesIn(Registry<ArrayKind>::instance().names()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
