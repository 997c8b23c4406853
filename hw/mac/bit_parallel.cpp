// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

/// One multiply-accumulate of two fixed-point words of up to 16 bits per cycle, whatever their values.
class BitParallel : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"fixed_point"}; }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"mac.op"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    return {multiplier_unit(of, std::max(of.weight_bits, of.activation_bits))};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<MultiplierMac>(setup, "bit_parallel");
  }
};

const Registration<MacDatapath, BitParallel> registered{"bit_parallel"};

}  // namespace
}  // namespace lacuna
