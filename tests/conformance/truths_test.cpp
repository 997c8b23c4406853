// SPDX-License-Identifier: Apache-2.0
// What is true of every machine, whatever its array: gating saves energy and no cycle, skipping loses no MAC and
// changes no output, and both need zeros.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/one_case.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kSeeds = 400;
constexpr std::int64_t kFirstSeed = 2'000'000;  // apart from those of the other tests

/// Sets the field of an array that says which zeros gate, where it has one.
class GateOn : public FieldVisitor {
 public:
  explicit GateOn(std::string value) : value_(std::move(value)) {}
  void integer(const FieldInfo&, std::int64_t&) override {}
  void real(const FieldInfo&, double&) override {}
  void boolean(const FieldInfo&, bool&) override {}
  void text(const FieldInfo& info, std::string& value) override {
    if (info.name != "gate_on") return;
    value = value_;
    found = true;
  }
  void texts(const FieldInfo&, std::vector<std::string>&) override {}
  void object(const FieldInfo&, Described& value) override { value.describe(*this); }
  void part(const FieldInfo&, PartSlot&) override {}

  bool found = false;

 private:
  std::string value_;
};

LayerCase gated_on(LayerCase c, const std::string& what) {
  GateOn gate(what);
  c.chip.array.part().describe(gate);
  return c;
}

/// Whether an array can gate at all: some skip the zeros of both operands.
bool gates(const std::string& array) {
  GateOn gate("none");
  LayerCase(array).chip.array.part().describe(gate);
  return gate.found;
}

std::vector<std::string> gating_arrays() {
  std::vector<std::string> arrays = Registry<ArrayKind>::instance().names();
  arrays.erase(std::remove_if(arrays.begin(), arrays.end(), [](const std::string& array) { return !gates(array); }),
               arrays.end());
  return arrays;
}

class Truths : public testing::TestWithParam<std::string> {
 protected:
  template <class Check>
  void for_layers(const Check& check) const {
    for (std::int64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds && !HasFailure(); ++seed) {
      LayerCase c = random_case(seed, GetParam());
      SCOPED_TRACE(command_line(c));
      check(c);
    }
  }
};

class GatingTruths : public Truths {};

TEST_P(GatingTruths, GatingOnZerosChangesNoCycleAndNoWord) {
  for_layers([](const LayerCase& c) {
    const LayerRun none = gated_on(c, "none").run_event();
    EXPECT_EQ(none.macs_gated, 0);
    for (const char* what : {"activation", "weight", "either"}) {
      const LayerRun gated = gated_on(c, what).run_event();
      EXPECT_EQ(gated.total_cycles, none.total_cycles) << what;
      EXPECT_EQ(gated.processing_cycles, none.processing_cycles) << what;
      EXPECT_EQ(gated.macs_performed + gated.macs_gated, none.macs_performed) << what;
      EXPECT_EQ(gated.macs_skipped, none.macs_skipped) << what;
      EXPECT_EQ(gated.ofmap, none.ofmap) << what;
    }
  });
}

TEST_P(Truths, SkippingChangesNoWordAndLosesNoMac) {
  for_layers([](const LayerCase& c) {
    const LayerRun run = c.run_event();
    EXPECT_EQ(run.ofmap, c.expected());
    EXPECT_EQ(run.macs_performed + run.macs_gated + run.macs_skipped, c.shape.macs());
    if (!gates(GetParam())) {
      EXPECT_EQ(run.macs_gated, 0);
    }
  });
}

/// Products with the zeros of padding are among the algebraic MACs, and may be skipped like any others: layers with
/// padding are left out.
TEST_P(Truths, NothingIsSkippedOrGatedWhereNothingIsZero) {
  std::int64_t layers = 0;
  for_layers([&layers](LayerCase& c) {
    if (c.shape.P != 0) return;
    if (c.coded()) return;  // any code may be worth zero
    c.zero_percent = c.weight_zero_percent = 0;
    if (!c.legal()) return;
    const LayerRun run = c.run_event();
    EXPECT_EQ(run.macs_skipped, 0);
    EXPECT_EQ(run.macs_gated, 0);
    ++layers;
  });
  EXPECT_GT(layers, 30);
}

INSTANTIATE_TEST_SUITE_P(Array, GatingTruths, testing::ValuesIn(gating_arrays()),
                         [](const auto& array) { return array.param; });
INSTANTIATE_TEST_SUITE_P(Array, Truths, testing::ValuesIn(Registry<ArrayKind>::instance().names()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
