// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping.hpp"

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMostPes = 262144;

}  // namespace

std::string broken_capacity(const MappingContext& context, const InnerProductMapping& mapping) {
  if (context.array->pes() > kMostPes) {
    fail_input("/chip/array: found " + std::to_string(context.array->pes()) +
               " PEs (windows x filters x lanes); allowed " + std::to_string(kMostPes) + " at most");
  }
  return broken_box(context, cut_tiles(context.shape, mapping));
}

}  // namespace lacuna
