// SPDX-License-Identifier: Apache-2.0
#include "hw/base/error.hpp"
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

/// A shifter and an adder, set up for a layer: weights are signed powers of two.
class ShiftAddMac final : public ProductMac {
 public:
  explicit ShiftAddMac(const MacSetup& setup) : ProductMac(setup, "shift_add") {
    need_codebook(setup, "shift_add");
    for (const Word entry : setup.codebook) {
      const Word magnitude = entry < 0 ? -entry : entry;
      if ((magnitude & (magnitude - 1)) == 0) continue;
      fail_input("MAC shift_add: found a weight worth " + std::to_string(entry) + "; allowed powers of two");
    }
  }

 protected:
  std::int64_t product(Word activation, Word weight) const override {
    const Word factor = worth(weight);
    if (factor == 0) return 0;
    std::int64_t shift = 0;
    while ((factor < 0 ? -factor : factor) >> shift > 1) ++shift;
    const std::int64_t shifted = std::int64_t{activation} * (std::int64_t{1} << shift);
    return factor < 0 ? -shifted : shifted;
  }
};

/// Weights that are powers of two (INQ, LogNet; Sze et al., Proc. IEEE 2017, Sec. VII-A): a multiplication is a shift.
class ShiftAdd : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"power_of_two", "log2"}; }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return 5; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"shifter.op"}, {"adder.op"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    return {operands_unit(of), shifter_unit(of), adder_unit(of)};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override { return std::make_unique<ShiftAddMac>(setup); }
};

const Registration<MacDatapath, ShiftAdd> registered{"shift_add"};

}  // namespace
}  // namespace lacuna
