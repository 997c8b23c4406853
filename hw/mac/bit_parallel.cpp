// SPDX-License-Identifier: Apache-2.0
#include "hw/base/error.hpp"
#include "hw/mac/mac.hpp"
#include "hw/mac/multiplier.hpp"
#include "hw/mac/product_sums.hpp"

namespace lacuna {
namespace {

/// A multiplier of fixed-point weights and activations, set up for a layer.
class BitParallelMac final : public Mac {
 public:
  explicit BitParallelMac(const Arithmetic& arithmetic) : arithmetic_(arithmetic), multiplier_(arithmetic) {}
  Word step(Word activation, Word weight, Word psum) const override {
    return multiplier_.step(activation, weight, psum);
  }
  void sum(const PsumBlock& block) const override { sum_products(arithmetic_, block); }
  void sum(const TapMajorBlock& block) const override { sum_products(arithmetic_, block); }
  void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const override {
    sum_products_in_order(arithmetic_, block, order);
  }
  Word worth(Word weight) const override { return weight; }

 private:
  Arithmetic arithmetic_;
  Multiplier multiplier_;
};

/// One multiply-accumulate of two fixed-point words of up to 16 bits per cycle, whatever their values.
class BitParallel : public MacDatapath {
 public:
  std::string weight_format() const override { return "fixed_point"; }
  std::string activation_format() const override { return "fixed_point"; }
  std::int64_t max_weight_bits() const override { return 16; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::int64_t cycles_per_mac() const override { return 1; }
  std::vector<std::string> events() const override { return {"mac.op"}; }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    Multiplier::check(setup.arithmetic, "bit_parallel");
    if (!setup.codebook.empty()) fail_input("MAC bit_parallel: found a codebook; allowed are weights stored as values");
    return std::make_unique<BitParallelMac>(setup.arithmetic);
  }
};

const Registration<MacDatapath, BitParallel> registered{"bit_parallel"};

}  // namespace
}  // namespace lacuna
