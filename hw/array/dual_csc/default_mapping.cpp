// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/dual_csc/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

DualCscMapping default_dual_csc_mapping(const MappingContext& context) {
  const std::string broken = broken_dense_capacity(context, DualCscMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = k = t = 1, " + broken);
  FewestCycles<DualCscMapping> fewest(context);
  enumerate_dual_csc(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
