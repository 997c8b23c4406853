// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

/// An adder that adds, subtracts or leaves out, set up for a layer: weights are -1, 0 or 1.
class AddSubtractMac final : public ProductMac {
 public:
  explicit AddSubtractMac(const MacSetup& setup) : ProductMac(setup, "add_subtract") {
    refuse_large_worths(setup, "add_subtract");
  }

 protected:
  std::int64_t product(Word activation, Word weight) const override {
    const Word factor = worth(weight);
    if (factor == 0) return 0;
    return factor > 0 ? std::int64_t{activation} : -std::int64_t{activation};
  }
};

/// Binary and ternary weights (BinaryConnect, BWN, TWN, HWGQ; Sze et al., Proc. IEEE 2017, Sec. VII-A): a
/// multiplication is an addition or a subtraction. Scales are applied to finished psums.
class AddSubtract : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"binary", "binary_filter_scaled", "binary_layer_scaled", "ternary"};
  }
  std::vector<std::string> activation_formats() const override {
    return {"fixed_point", "uniform_levels", "half_wave_gaussian"};
  }
  std::int64_t max_weight_bits() const override { return 2; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"adder.op"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override { return {operands_unit(of), adder_unit(of)}; }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override { return std::make_unique<AddSubtractMac>(setup); }
};

const Registration<MacDatapath, AddSubtract> registered{"add_subtract"};

}  // namespace
}  // namespace lacuna
