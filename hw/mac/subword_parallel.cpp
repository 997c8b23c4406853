// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kBits = 16;      // of the whole multiplier
constexpr std::int64_t kNarrowest = 4;  // sub-word

/// The sub-words that both operands fit: 16, 8 or 4 bits.
std::int64_t mode_bits(std::int64_t weight_bits, std::int64_t activation_bits) {
  const std::int64_t needed = std::max(weight_bits, activation_bits);
  std::int64_t bits = kBits;
  while (bits > kNarrowest && needed <= bits / 2) bits /= 2;
  return bits;
}

/// A 16-bit multiplier that can be cut into two of 8 or four of 4 bits (Moons et al., "ENVISION", ISSCC 2017): only the
/// sub-products on its diagonal are used, so the rate grows with 16 / b and not with its square. Widths between run in
/// the next wider mode, with the bits left over held still.
class SubwordParallel : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"fixed_point"}; }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return kBits; }
  std::int64_t max_activation_bits() const override { return kBits; }
  MacRate rate(const MacWidths& widths) const override {
    return {kBits / mode_bits(widths.weight, widths.activation), 1};
  }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"subword_mac.op"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    const std::int64_t adders = of.sums_apart() ? rate(of.widths()).macs : 1;
    return {operands_unit(of, 2 * kBits),
            {"subword_mac",
             "subword_mac",
             {{"operand_bits", std::max(of.weight_bits, of.activation_bits)},
              {"mode_bits", mode_bits(of.weight_bits, of.activation_bits)},
              {"accumulator_bits", of.accumulator_bits},
              {"sum_bits", adders * of.accumulator_bits},
              {"instances", of.instances}},
             {},
             true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<MultiplierMac>(setup, "subword_parallel");
  }
};

const Registration<MacDatapath, SubwordParallel> registered{"subword_parallel"};

}  // namespace
}  // namespace lacuna
