// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping.hpp"
#include "hw/array/inner_product/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

InnerProductMapping default_inner_product_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, InnerProductMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  FewestCycles<InnerProductMapping> fewest(context);
  enumerate_inner_product(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
