// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/systolic/mapping_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Bits that the DRAM link moves: filters once per tile of pixels, ifmap tiles once per tile of filters.
std::int64_t link_bits(const MappingContext& context, const SystolicMapping& map) {
  const LayerShape& shape = context.shape;
  const std::int64_t batches = ceil_div(shape.N, map.n);
  const std::int64_t strips = ceil_div(shape.E(), map.e);
  const std::int64_t rows = shape.E() * shape.U + strips * (shape.R - shape.U);
  return shape.filter_words() * strips * batches * context.weight_bits +
         shape.N * shape.G * shape.C * rows * shape.padded_width() * ceil_div(shape.M / shape.G, map.m) *
             context.activation_bits;
}

/// Keeps the first mapping with the fewest cycles.
class FewestCycles : public MappingVisitor {
 public:
  explicit FewestCycles(const MappingContext& context) : context_(context) {}
  bool enters(const MappingCost&) override { return true; }
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    const auto& map = static_cast<const SystolicMapping&>(mapping);
    // A link of one filter word per cycle: near enough to tell mappings apart.
    const std::int64_t cycles = cost.cycles + link_bits(context_, map) / context_.weight_bits;
    if (cycles_ >= 0 && cycles >= cycles_) return;
    cycles_ = cycles;
    best_ = map;
  }
  const SystolicMapping& best() const { return best_; }

 private:
  const MappingContext& context_;
  std::int64_t cycles_ = -1;
  SystolicMapping best_;
};

}  // namespace

SystolicMapping default_systolic_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, SystolicMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  // Every fold is charged its load, whether or not that is hidden.
  SystolicConfig array = static_cast<const SystolicConfig&>(*context.array);
  array.double_buffered = false;
  MappingContext loading = context;
  loading.array = &array;
  FewestCycles fewest(loading);
  enumerate_systolic(loading, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
