// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kDigitBits = 2;  // of a brick's operands
constexpr std::int64_t kBricks = 16;    // of a unit
constexpr std::int64_t kUnitBits = 8;   // operands that a unit of 4 x 4 bricks multiplies at once

/// Widths that bricks can be put together for: 2, 4, 8 or, in several passes, 16 bits.
std::int64_t composed_bits(std::int64_t bits) {
  std::int64_t composed = kDigitBits;
  while (composed < bits) composed *= 2;
  return composed;
}

/// Bricks of 2 x 2 bits, put together for a layer.
class BitBricksMac final : public ProductMac {
 public:
  explicit BitBricksMac(const MacSetup& setup)
      : ProductMac(setup, "bit_bricks"),
        activation_digits_(composed_bits(setup.widths.activation) / kDigitBits),
        weight_digits_(composed_bits(setup.widths.weight) / kDigitBits) {
    refuse_large_worths(setup, "bit_bricks");
  }

 protected:
  /// Both operands in radix 4, the top digit signed (or not, where words are never negative): the sum of the products
  /// of all digits, each shifted to its place.
  std::int64_t product(Word activation, Word weight) const override {
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < activation_digits_; ++i) {
      for (std::int64_t j = 0; j < weight_digits_; ++j) {
        const std::int64_t brick = digit(activation, i, activation_digits_) * digit(worth(weight), j, weight_digits_);
        sum += brick * (std::int64_t{1} << (kDigitBits * (i + j)));
      }
    }
    return sum;
  }

 private:
  static std::int64_t digit(Word word, std::int64_t place, std::int64_t digits) {
    const std::int64_t shifted = word >> (kDigitBits * place);
    return place + 1 == digits ? shifted : shifted & 3;
  }

  std::int64_t activation_digits_;
  std::int64_t weight_digits_;
};

/// Composable bricks (Sharma et al., "Bit Fusion", ISCA 2018): a unit of 16 bricks multiplies one pair of 8-bit
/// operands a cycle, two of 4 by 8, four of 4 by 4, sixteen of 2 by 2, and sums the products; 16 bits take a pass for
/// each 8 of either operand. Widths between run as the next wider one.
class BitBricks : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"fixed_point", "ternary", "binary", "binary_filter_scaled", "binary_layer_scaled"};
  }
  std::vector<std::string> activation_formats() const override {
    return {"fixed_point", "uniform_levels", "half_wave_gaussian"};
  }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  MacRate rate(const MacWidths& widths) const override {
    const std::int64_t weight = composed_bits(widths.weight);
    const std::int64_t activation = composed_bits(widths.activation);
    const auto side_by_side = [](std::int64_t bits) { return kUnitBits / std::min(bits, kUnitBits); };
    const auto passes = [](std::int64_t bits) { return std::max(bits, kUnitBits) / kUnitBits; };
    return {side_by_side(weight) * side_by_side(activation), passes(weight) * passes(activation)};
  }
  std::vector<MacEvent> events(const MacWidths& widths) const override {
    return {
        {"bit_brick.op", composed_bits(widths.weight) / kDigitBits * (composed_bits(widths.activation) / kDigitBits)},
        {"shift_add.op", rate(widths).cycles}};
  }
  /// The products of an issue are summed before they are accumulated: each has a share of that adder. Where each has a
  /// sum of its own, there are as many adders as products; their weights meet one activation of up to 8 bits.
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    const std::int64_t side_by_side = rate(of.widths()).macs;
    const std::int64_t adders = of.sums_apart() ? side_by_side : 1;
    const std::int64_t share = ceil_div(adders * of.accumulator_bits, side_by_side);
    const std::int64_t held = of.sums_apart() ? kBricks * kDigitBits + kUnitBits : kBricks * 2 * kDigitBits;
    return {operands_unit(of, held),
            {"bit_brick", "bit_brick", {{"operand_bits", kDigitBits}, {"instances", kBricks * of.instances}}, {}, true},
            {"shift_add",
             "shift_add",
             {{"accumulator_bits", of.accumulator_bits}, {"share_bits", share}, {"instances", adders * of.instances}},
             {},
             true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override { return std::make_unique<BitBricksMac>(setup); }
};

const Registration<MacDatapath, BitBricks> registered{"bit_bricks"};

}  // namespace
}  // namespace lacuna
