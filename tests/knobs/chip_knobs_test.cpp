// SPDX-License-Identifier: Apache-2.0
// No dead knobs: every field of a chip changes some figure of some layer. The fields are those of the chip's own list.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/engine/engine.hpp"
#include "sim/result/result_json.hpp"

namespace lacuna {
namespace {

/// A field of a chip and what to try in its place, as JSON texts.
struct Knob {
  std::string chip;
  std::string pointer;
  std::vector<std::string> values;
};

void PrintTo(const Knob& knob, std::ostream* out) { *out << knob.pointer; }

/// Names that no list of choices states: what they may be is what is shipped, or a path.
std::vector<std::string> values_of_free_text(const std::string& pointer) {
  if (pointer == "/chip/energy") return {"\"generic_45nm\""};
  if (pointer == "/chip/mapping") return {"\"" LACUNA_SOURCE_DIR "/tests/data/mappings/one_by_one.json\""};
  if (pointer == "/chip/precision") return {"\"fixed8\""};
  return {};
}

/// The MAC's kind decides which weights it takes: with any other kind, the precision of these runs is refused. The
/// golden run `codebook8` has the other kind with its precision.
const char* const kTestedElsewhere = "/chip/mac/kind";

/// Collects the fields of a chip, all but those that are for people alone.
class KnobCollector : public FieldVisitor {
 public:
  KnobCollector(std::string chip, std::string place, std::vector<Knob>& knobs)
      : chip_(std::move(chip)), place_(std::move(place)), knobs_(knobs) {}

  void integer(const FieldInfo& info, std::int64_t& value) override {
    std::vector<std::string> values;
    for (const std::int64_t other : {value + 1, value * 2, value - 1, value / 2, info.min, value * 8}) {
      if (other >= info.min && other <= info.max && other != value) values.push_back(std::to_string(other));
    }
    add(info, values);
  }
  void real(const FieldInfo& info, double& value) override { add(info, {std::to_string(value * 2)}); }
  void boolean(const FieldInfo& info, bool& value) override { add(info, {value ? "false" : "true"}); }
  void text(const FieldInfo& info, std::string& value) override {
    std::vector<std::string> values = values_of_free_text(place_ + "/" + info.name);
    for (const std::string& choice : info.choices) {
      if (choice != value) values.push_back("\"" + choice + "\"");
    }
    add(info, values);
  }
  void texts(const FieldInfo& info, std::vector<std::string>&) override { add(info, {}); }
  void object(const FieldInfo& info, Described& value) override {
    KnobCollector inner(chip_, place_ + "/" + info.name, knobs_);
    value.describe(inner);
  }
  void part(const FieldInfo& info, PartSlot& slot) override { object(info, slot.part()); }

 private:
  void add(const FieldInfo& info, const std::vector<std::string>& values) {
    if (!info.descriptive && place_ + "/" + info.name != kTestedElsewhere)
      knobs_.push_back({chip_, place_ + "/" + info.name, values});
  }

  std::string chip_;
  std::string place_;
  std::vector<Knob>& knobs_;
};

/// An experiment whose chip is changed by these overrides.
Experiment experiment_of(const nlohmann::json& document, const std::vector<Override>& overrides) {
  return compose({JsonDocument(document, "test"), overrides, {}});
}

std::vector<Knob> knobs_of(const std::string& chip) {
  Experiment experiment = experiment_of({{"chip", chip}, {"network", "tiny"}}, {});
  std::vector<Knob> knobs;
  KnobCollector collector(chip, "/chip", knobs);
  experiment.chip.describe(collector);
  return knobs;
}

/// Those of its array.
std::vector<Knob> array_knobs_of(const std::string& chip) {
  std::vector<Knob> knobs = knobs_of(chip);
  const auto is_outside = [](const Knob& knob) { return knob.pointer.find("/chip/array/") != 0; };
  knobs.erase(std::remove_if(knobs.begin(), knobs.end(), is_outside), knobs.end());
  return knobs;
}

/// The figures of all layers, or "" for an experiment that is refused.
std::string figures(const nlohmann::json& document, const std::vector<Override>& overrides) {
  try {
    const RunResult result = run_experiment(experiment_of(document, overrides), {});
    return nlohmann::json::parse(result_json(result)).at("layers").dump();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input) << error.what();
    return "";
  }
}

class ChipKnob : public ::testing::TestWithParam<Knob> {};

TEST_P(ChipKnob, ChangesSomeFigureOfSomeLayer) {
  const nlohmann::json run = {{"batch", 2}, {"extrapolate", true}};
  const nlohmann::json documents[] = {
      {{"chip", GetParam().chip}, {"network", "tiny"}, {"run", run}},
      {{"chip", GetParam().chip}, {"network", "tiny"}, {"energy", "generic_45nm"}, {"run", run}}};
  // Too small a range, so that psums of conv2 overflow.
  const Override small_range = {"/precision/ranges/tiny/conv2/psum_integer_bits", "7", "range"};
  for (const nlohmann::json& document : documents) {
    const std::string before = figures(document, {small_range});
    ASSERT_NE(before, "");
    for (const std::string& value : GetParam().values) {
      const std::string after = figures(document, {small_range, {GetParam().pointer, value, "knob"}});
      if (!after.empty() && after != before) return;
    }
  }
  std::string tried;
  for (const std::string& value : GetParam().values) tried += " " + value;
  ADD_FAILURE() << GetParam().pointer << " changes nothing; tried" << tried;
}

std::string name_of(const ::testing::TestParamInfo<Knob>& info) {
  std::string name = info.param.pointer.substr(std::string("/chip/").size());
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Eyeriss, ChipKnob, ::testing::ValuesIn(knobs_of("eyeriss")), name_of);
// Around its array this chip is made of the same parts.
INSTANTIATE_TEST_SUITE_P(Systolic32, ChipKnob, ::testing::ValuesIn(array_knobs_of("systolic_32")), name_of);

TEST(ChipKnobs, AreAllFieldsOfTheChips) {
  // 4 at the top (clock, price table, mapping, precision), 2 of the link, 4 of the codec port, 3 of the buffer, 2 of
  // the MAC (its kind apart), 16 of the row-stationary array.
  EXPECT_EQ(knobs_of("eyeriss").size(), 4U + 2U + 4U + 3U + 2U + 16U);
  EXPECT_EQ(array_knobs_of("systolic_32").size(), 5U);  // of the systolic array
}

}  // namespace
}  // namespace lacuna
