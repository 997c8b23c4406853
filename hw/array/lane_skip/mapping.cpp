// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"

namespace lacuna {

std::string broken_capacity(const MappingContext& context, const LaneSkipMapping& mapping) {
  return broken_box(context, cut_tiles(context.shape, mapping));
}

}  // namespace lacuna
