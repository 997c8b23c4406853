// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/row_stationary/mapping_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Keeps the first mapping with the fewest estimated cycles.
class FewestCycles : public MappingVisitor {
 public:
  explicit FewestCycles(const MappingContext& context) : context_(context) {}
  bool enters(const MappingCost&) override { return true; }
  void visit(const ArrayMapping& mapping, const MappingCost&) override {
    const auto& map = static_cast<const RowStationaryMapping&>(mapping);
    const double cycles = estimated_cycles(context_, map);
    if (found_ && cycles >= cycles_) return;
    found_ = true;
    cycles_ = cycles;
    best_ = map;
  }
  const RowStationaryMapping& best() const { return best_; }

 private:
  const MappingContext& context_;
  bool found_ = false;
  double cycles_ = 0.0;
  RowStationaryMapping best_;  ///< the smallest one where no other is found
};

}  // namespace

RowStationaryMapping default_row_stationary_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, RowStationaryMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = p = q = r = t = 1, " + broken);
  FewestCycles fewest(context);
  enumerate_row_stationary(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
