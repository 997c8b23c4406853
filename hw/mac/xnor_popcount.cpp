// SPDX-License-Identifier: Apache-2.0
#include "hw/base/error.hpp"
#include "hw/mac/product_mac.hpp"
#include "hw/mac/sign_sums.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kLanes = 16;  // bits of the words that meet in an issue

/// Gates and a counter of ones, set up for a layer: weights are signs, activations signs or small levels.
class XnorPopcountMac final : public ProductMac {
 public:
  explicit XnorPopcountMac(const MacSetup& setup)
      : ProductMac(setup, "xnor_popcount"), planes_(setup.widths.activation), arithmetic_(setup.arithmetic) {
    counts_ = setup.codebook == std::vector<Word>{-1, 1} && arithmetic_.product_shift == 0;
    for (const Word entry : setup.codebook) {
      if (entry == -1 || entry == 1) continue;
      fail_input("MAC xnor_popcount: found a weight worth " + std::to_string(entry) + "; allowed -1 and 1");
    }
  }

  /// Bits are counted where a block is one of signs; other sums are those of products.
  void sum(const PsumBlock& block) const override {
    if (!counts_ || !sum_signs(arithmetic_.accumulator_bits, block)) ProductMac::sum(block);
  }
  using ProductMac::sum;

 protected:
  /// Of signs, one bit of XNOR counted: 2 popcount - 1. Of levels, a bit plane at a time, a bit of AND for weight 1
  /// less one for weight -1. Padding is masked: it counts for nothing.
  std::int64_t product(Word activation, Word weight) const override {
    const bool positive = worth(weight) > 0;
    if (activation == 0) return 0;
    if (planes_ == 1) {
      const std::int64_t ones = (activation > 0) == positive ? 1 : 0;
      return 2 * ones - 1;
    }
    std::int64_t sum = 0;
    for (std::int64_t plane = 0; plane < planes_; ++plane) {
      const std::int64_t ones = (activation >> plane) & 1;
      sum += (positive ? ones : -ones) * (std::int64_t{1} << plane);
    }
    return sum;
  }

 private:
  std::int64_t planes_;
  Arithmetic arithmetic_;
  bool counts_ = false;  ///< whether ones can be counted for sums: code 0 is -1, code 1 is 1, products are not shifted
};

/// Binary networks (Rastegari et al., "XNOR-Net", ECCV 2016; Courbariaux et al., "BNN", 2016; Zhou et al.,
/// "DoReFa-Net", 2016): an issue meets 16 weights with 16 activations, a gate for each, and counts the ones.
/// Activations of k bits take k issues, a bit plane each. Where the bits belong to sums of their own there is nothing
/// to count: 16 weights meet one activation, and each has an adder that takes its sum up or down.
class XnorPopcount : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"binary", "binary_filter_scaled", "binary_layer_scaled"};
  }
  std::vector<std::string> activation_formats() const override {
    return {"binary", "uniform_levels", "half_wave_gaussian"};
  }
  bool takes_signs() const override { return true; }
  std::int64_t max_weight_bits() const override { return 1; }
  std::int64_t max_activation_bits() const override { return 8; }
  MacRate rate(const MacWidths& widths) const override { return {kLanes, widths.activation}; }
  std::vector<MacEvent> events(const MacWidths& widths) const override {
    const bool apart = widths.sums == MacSums::separate;
    return {{"xnor.bit", widths.activation}, {apart ? "adder.op" : "popcount.bit", widths.activation}};
  }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    const UnitAttributes gates{"xnor", "xnor", {{"instances", of.instances * kLanes}}, {}, true};
    if (of.sums_apart()) return {operands_unit(of, kLanes + of.activation_bits), gates, adder_unit(of, kLanes)};
    return {operands_unit(of, 2 * kLanes),
            gates,
            {"popcount",
             "popcount",
             {{"lanes", kLanes}, {"accumulator_bits", of.accumulator_bits}, {"instances", of.instances}},
             {},
             true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override { return std::make_unique<XnorPopcountMac>(setup); }
};

const Registration<MacDatapath, XnorPopcount> registered{"xnor_popcount"};

}  // namespace
}  // namespace lacuna
