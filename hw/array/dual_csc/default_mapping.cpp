// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/dual_csc/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Keeps the fewest cycles of mappings that do not cut channels into tiles, which only ever adds passes.
class WholeChannels : public FewestCycles<DualCscMapping> {
 public:
  explicit WholeChannels(const MappingContext& context) : FewestCycles(context), channels_(context.shape.C) {}
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    if (static_cast<const DualCscMapping&>(mapping).c >= channels_) FewestCycles::visit(mapping, cost);
  }

 private:
  const std::int64_t channels_;
};

}  // namespace

DualCscMapping default_dual_csc_mapping(const MappingContext& context) {
  const std::string broken = broken_dense_capacity(context, DualCscMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = k = t = 1, " + broken);
  WholeChannels whole(context);
  enumerate_dual_csc(context, Factors::few, whole);
  if (whole.found()) return whole.best();
  FewestCycles<DualCscMapping> fewest(context);
  enumerate_dual_csc(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
