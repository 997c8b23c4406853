// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/config.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/config/field_echo.hpp"
#include "sim/config/field_loader.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/test_array.hpp"

namespace lacuna {
namespace {

const Registration<ArrayKind, TestGrid> registered{"test_grid"};

const char* const kChip = R"({"name": "c", "description": "d", "source": "s", "core_clock_khz": 100000,
  "dram_link": {"bits": 32, "clock_khz": 50000}, "global_buffer": {"banks": 8},
  "mac": {"accumulator_bits": 24, "overflow": "saturate"},
  "array": {"kind": "test_grid", "rows": 3, "gate_on": "activation"}})";

TEST(ChipConfig, LoadsAChipWithAnyRegisteredArray) {
  const JsonDocument doc(JsonDocument::parse(kChip, "c.json").json(), "c.json", "/chip");
  ChipConfig chip;
  load_fields(doc.view(), chip);
  EXPECT_EQ(chip.core_clock_khz, 100000);
  EXPECT_EQ(chip.dram_link.bits, 32);
  EXPECT_EQ(chip.global_buffer.banks, 8);
  EXPECT_EQ(chip.global_buffer.bank_bytes, 4096);  // the default
  EXPECT_EQ(chip.mac.overflow, "saturate");
  EXPECT_EQ(chip.array.kind(), "test_grid");
  EXPECT_EQ(chip.array.config().pes(), 12);  // 3 rows x 4 columns
  const nlohmann::json echo = echo_fields(chip);
  EXPECT_EQ(echo["array"].dump(), R"({"columns":4,"gate_on":"activation","kind":"test_grid","rows":3})");
  EXPECT_EQ(echo["codec"]["feature_map"], "run_length");
}

TEST(ChipConfig, IsAValue) {
  const JsonDocument doc = JsonDocument::parse(kChip, "c.json");
  ChipConfig chip;
  load_fields(doc.view(), chip);
  ChipConfig copy = chip;
  dynamic_cast<TestGridConfig&>(copy.array.part()).rows = 5;
  EXPECT_EQ(chip.array.config().pes(), 12);
  EXPECT_EQ(copy.array.config().pes(), 20);
  copy = chip;
  EXPECT_EQ(copy.array.config().pes(), 12);
}

TEST(ChipConfig, RefusesAnArrayOrACodecThatIsNotRegistered) {
  JsonDocument doc(JsonDocument::parse(kChip, "c.json").json(), "c.json", "/chip");
  doc.set("/chip/array/kind", "test_gird", "--set /chip/array/kind=test_gird");
  ChipConfig chip;
  const std::string message = error_of([&] { load_fields(doc.view(), chip); });
  EXPECT_EQ(
      message.find("--set /chip/array/kind=test_gird: /chip/array/kind: unknown value, found \"test_gird\"; allowed "),
      0U);
  EXPECT_NE(message.find("; did you mean 'test_grid'?"), std::string::npos) << message;
}

}  // namespace
}  // namespace lacuna
