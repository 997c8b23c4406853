// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_mac.hpp"
#include "hw/mac/multiplier.hpp"

namespace lacuna {
namespace {

/// A binary16 multiplier and a float adder: with psums of 32 bits a product goes into the sum as it is, with psums of
/// 16 bits it is rounded first. What layers that are kept in float run on (Sze et al., Proc. IEEE 2017, Table III), at
/// half the width that the table's rows have there.
class FloatMultiplyAdd : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"float16"}; }
  std::vector<std::string> activation_formats() const override { return {"float16"}; }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  bool floating() const override { return true; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override {
    return {{"float_multiplier.multiply"}, {"float_adder.add"}};
  }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    return {operands_unit(of), float_multiplier_unit(of), float_adder_unit(of)};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<FloatMac>(setup, FloatMac::Weights::float16, "float_multiply_add");
  }
};

const Registration<MacDatapath, FloatMultiplyAdd> registered{"float_multiply_add"};

}  // namespace
}  // namespace lacuna
