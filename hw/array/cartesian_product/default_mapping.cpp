// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/array/cartesian_product/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Keeps the fewest cycles of mappings that do not cut the plane and whose groups are as large as the accumulators
/// allow: the machine of the paper, which has no strips.
class WholePlanes : public FewestCycles<CartesianMapping> {
 public:
  explicit WholePlanes(const MappingContext& context)
      : FewestCycles(context), rows_(context.shape.E()), k_(most_in_group(context, rows_)) {}
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    const auto& map = static_cast<const CartesianMapping&>(mapping);
    if (map.e >= rows_ && map.k >= k_) FewestCycles::visit(mapping, cost);
  }

 private:
  const std::int64_t rows_;
  const std::int64_t k_;
};

}  // namespace

CartesianMapping default_cartesian_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, CartesianMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = k = e = 1, " + broken);
  WholePlanes whole(context);
  enumerate_cartesian(context, Factors::few, whole);
  if (whole.found()) return whole.best();
  FewestCycles<CartesianMapping> fewest(context);
  enumerate_cartesian(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
