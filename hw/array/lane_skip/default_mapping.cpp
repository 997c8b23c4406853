// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/lane_skip/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

LaneSkipMapping default_lane_skip_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, LaneSkipMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  FewestCycles<LaneSkipMapping> fewest(context);
  enumerate_lane_skip(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
