// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/multiplier.hpp"

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

[[noreturn]] void refuse(const std::string& mac, const std::string& what, std::int64_t found, const char* allowed) {
  fail_input("MAC " + mac + ": found " + what + " " + std::to_string(found) + "; allowed " + allowed);
}

}  // namespace

const Arithmetic& Multiplier::checked(const Arithmetic& arithmetic, const std::string& mac) {
  if (arithmetic.product_shift < 0 || arithmetic.product_shift > 30)
    refuse(mac, "a product shift of", arithmetic.product_shift, "0 to 30");
  const std::int64_t widest = arithmetic.saturate ? 31 : 32;
  if (arithmetic.accumulator_bits < 2 || arithmetic.accumulator_bits > widest) {
    refuse(mac, "accumulator bits", arithmetic.accumulator_bits,
           arithmetic.saturate ? "2 to 31 where additions saturate" : "2 to 32");
  }
  return arithmetic;
}

Multiplier::Multiplier(const Arithmetic& arithmetic)
    : shift_(static_cast<std::int32_t>(arithmetic.product_shift)),
      rounding_(shift_ == 0 ? 0 : std::int32_t{1} << (shift_ - 1)),
      unused_bits_(static_cast<std::int32_t>(32 - arithmetic.accumulator_bits)),
      low_(static_cast<std::int32_t>(-(std::int64_t{1} << (arithmetic.accumulator_bits - 1)))),
      high_(static_cast<std::int32_t>((std::int64_t{1} << (arithmetic.accumulator_bits - 1)) - 1)),
      saturate_(arithmetic.saturate) {}

UnitAttributes multiplier_unit(const MacUnit& of, std::int64_t operand_bits) {
  return {"mac",
          "mac",
          {{"operand_bits", operand_bits}, {"accumulator_bits", of.accumulator_bits}, {"instances", of.instances}},
          {},
          true};
}

UnitAttributes adder_unit(const MacUnit& of, std::int64_t in_pe) {
  return {"adder", "adder", {{"operand_bits", of.accumulator_bits}, {"instances", in_pe * of.instances}}, {}, true};
}

UnitAttributes operands_unit(const MacUnit& of, std::int64_t held_bits) {
  const std::int64_t pair = of.weight_bits + of.activation_bits;
  return {"mac",
          "held_operands",
          {{"operand_bits", pair}, {"held_bits", held_bits == 0 ? pair : held_bits}, {"instances", of.instances}},
          {},
          true};
}

UnitAttributes shifter_unit(const MacUnit& of) {
  return {
      "shifter",
      "shifter",
      {{"operand_bits", of.activation_bits}, {"accumulator_bits", of.accumulator_bits}, {"instances", of.instances}},
      {},
      true};
}

}  // namespace lacuna
