// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

/// An adder of exponents, a shifter and an adder, set up for a layer: both operands are logarithms.
class LogLogMac final : public ProductMac {
 public:
  explicit LogLogMac(const MacSetup& setup) : ProductMac(setup, "log_log"), activations_(setup.activation_worths) {
    need_codebook(setup, "log_log");
  }

 protected:
  /// The power that the weight stands for is shifted by the exponent of the activation; signs make the sign.
  std::int64_t product(Word activation, Word weight) const override {
    const Word factor = worth(weight);
    if (activation == 0 || factor == 0) return 0;
    const std::int64_t shifted = std::int64_t{factor} * (std::int64_t{1} << exponent_of(activations_.of(activation)));
    return activation < 0 ? -shifted : shifted;
  }

 private:
  static std::int64_t exponent_of(Word worth) {
    std::int64_t exponent = 0;
    while ((worth < 0 ? -worth : worth) >> exponent > 1) ++exponent;
    return exponent;
  }

  ActivationWorths activations_;
};

/// Logarithmic weights and activations (Miyashita et al., 2016): a multiplication is the sum of two exponents. Weights
/// to the square root of 2 have one of two mantissas beside their exponent, which is shifted in place of a 1.
class LogLog : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"log2", "log_sqrt2"}; }
  std::vector<std::string> activation_formats() const override { return {"log2"}; }
  std::int64_t max_weight_bits() const override { return 6; }
  std::int64_t max_activation_bits() const override { return 5; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override {
    return {{"exponent_adder.op"}, {"shifter.op"}, {"adder.op"}};
  }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    UnitAttributes exponents = adder_unit(of);
    exponents.unit = "exponent_adder";
    exponents.attributes["operand_bits"] = std::max(of.weight_bits, of.activation_bits);
    return {operands_unit(of), exponents, shifter_unit(of), adder_unit(of)};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override { return std::make_unique<LogLogMac>(setup); }
};

const Registration<MacDatapath, LogLog> registered{"log_log"};

}  // namespace
}  // namespace lacuna
