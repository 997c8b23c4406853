// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMostMacs = 4;  // of a table, where weights are signs; one less otherwise

/// An activation and the bits of a weight, one a cycle, set up for a layer.
class SerialWeightsMac final : public ProductMac {
 public:
  explicit SerialWeightsMac(const MacSetup& setup)
      : ProductMac(setup, "serial_weights"), bits_(setup.widths.weight), signs_(!setup.codebook.empty()) {}

 protected:
  /// Least significant bit first: what the table has for the bit is added where it is set, and subtracted at the top
  /// bit, which is the sign's. Weights of one bit are signs: the table is read with its sign.
  std::int64_t product(Word activation, Word weight) const override {
    if (signs_) return worth(weight) < 0 ? -std::int64_t{activation} : std::int64_t{activation};
    std::int64_t sum = 0;
    for (std::int64_t bit = 0; bit < bits_; ++bit) {
      const std::int64_t read = ((weight >> bit) & 1) * std::int64_t{activation};
      const std::int64_t shifted = read * (std::int64_t{1} << bit);
      sum += bit + 1 == bits_ ? -shifted : shifted;
    }
    return sum;
  }

 private:
  std::int64_t bits_;
  bool signs_;
};

/// Weights bit by bit, activations whole, through tables of their sums (Lee et al., "UNPU", JSSC 54(1), 2019): as many
/// cycles as a weight has bits. A table holds the sums of three activations, or of four where weights are signs, and a
/// bit of each of their weights is its index, so an issue does three or four MACs. Index bits are counted, one for
/// every MAC and bit. Four additions build a table for all weights that meet those activations: they are not counted
/// apart. Where every MAC has a sum of its own, as many weights meet one activation and there are no sums to look up:
/// an adder for each of them takes it up where the bit is set.
class SerialWeights : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"fixed_point", "binary", "binary_filter_scaled", "binary_layer_scaled"};
  }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  MacRate rate(const MacWidths& widths) const override {
    return {widths.weight == 1 ? kMostMacs : kMostMacs - 1, widths.weight};
  }
  std::vector<MacEvent> events(const MacWidths& widths) const override {
    return {{widths.sums == MacSums::separate ? "adder.op" : "lut.index_bit", widths.weight}};
  }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    if (of.sums_apart()) {
      const std::int64_t macs = rate(of.widths()).macs;
      return {operands_unit(of, of.activation_bits + macs), adder_unit(of, macs)};
    }
    return {
        operands_unit(of, kMostMacs * (of.activation_bits + 1)),
        {"lut",
         "serial_lut",
         {{"operand_bits", of.activation_bits}, {"accumulator_bits", of.accumulator_bits}, {"instances", of.instances}},
         {},
         true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<SerialWeightsMac>(setup);
  }
};

const Registration<MacDatapath, SerialWeights> registered{"serial_weights"};

}  // namespace
}  // namespace lacuna
