// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/array/cartesian_product/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

CartesianMapping default_cartesian_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, CartesianMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = k = e = 1, " + broken);
  FewestCycles<CartesianMapping> fewest(context);
  enumerate_cartesian(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
