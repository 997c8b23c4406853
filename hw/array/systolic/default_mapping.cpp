// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/systolic/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

SystolicMapping default_systolic_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, SystolicMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  // Every fold is charged its load, whether or not that is hidden.
  SystolicConfig array = static_cast<const SystolicConfig&>(*context.array);
  array.double_buffered = false;
  MappingContext loading = context;
  loading.array = &array;
  FewestCycles<SystolicMapping> fewest(loading);
  enumerate_systolic(loading, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
