// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

/// A weight and the bits of an activation, one a cycle, set up for a layer.
class SerialActivationsMac final : public ProductMac {
 public:
  explicit SerialActivationsMac(const MacSetup& setup)
      : ProductMac(setup, "serial_activations"), bits_(setup.widths.activation) {
    refuse_large_worths(setup, "serial_activations");
  }

 protected:
  /// Least significant bit first: the weight is added where the bit is set, and subtracted at the top bit, which is the
  /// sign's.
  std::int64_t product(Word activation, Word weight) const override {
    std::int64_t sum = 0;
    for (std::int64_t bit = 0; bit < bits_; ++bit) {
      const std::int64_t term = ((activation >> bit) & 1) * std::int64_t{worth(weight)} * (std::int64_t{1} << bit);
      sum += bit + 1 == bits_ ? -term : term;
    }
    return sum;
  }

 private:
  std::int64_t bits_;
};

/// Activations bit by bit, weights whole (Judd et al., "Stripes: Bit-Serial Deep Neural Network Computing", MICRO
/// 2016): as many cycles as an activation has bits. The products are those of a multiplier, bit for bit.
class SerialActivations : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"fixed_point", "ternary", "binary", "binary_filter_scaled", "binary_layer_scaled"};
  }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  MacRate rate(const MacWidths& widths) const override { return {1, widths.activation}; }
  std::vector<MacEvent> events(const MacWidths& widths) const override {
    return {{"serial_mac.step", widths.activation}};
  }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    return {operands_unit(of),
            {"serial_mac",
             "serial_mac",
             {{"operand_bits", of.weight_bits}, {"accumulator_bits", of.accumulator_bits}, {"instances", of.instances}},
             {},
             true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<SerialActivationsMac>(setup);
  }
};

const Registration<MacDatapath, SerialActivations> registered{"serial_activations"};

}  // namespace
}  // namespace lacuna
