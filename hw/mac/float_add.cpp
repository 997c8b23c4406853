// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_mac.hpp"
#include "hw/mac/multiplier.hpp"

namespace lacuna {
namespace {

/// A float adder: weights that are signs or powers of two change the sign and the exponent of a binary16 activation
/// before it is added (BinaryConnect, BWN, TWN, INQ with the float activations that Sze et al., Proc. IEEE 2017, Table
/// III, list for them, at half the width). The addition to an exponent, of 5 bits, is not counted.
class FloatAdd : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"binary", "binary_filter_scaled", "binary_layer_scaled", "ternary", "power_of_two", "log2"};
  }
  std::vector<std::string> activation_formats() const override { return {"float16"}; }
  std::int64_t max_weight_bits() const override { return 5; }
  std::int64_t max_activation_bits() const override { return 16; }
  bool floating() const override { return true; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"float_adder.add"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    return {operands_unit(of), float_adder_unit(of)};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<FloatMac>(setup, FloatMac::Weights::coded, "float_add");
  }
};

const Registration<MacDatapath, FloatAdd> registered{"float_add"};

}  // namespace
}  // namespace lacuna
