// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/array/array.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/chip/config.hpp"
#include "hw/chip/layer_job.hpp"
#include "sim/energy/prices.hpp"
#include "sim/mapper/search_config.hpp"

namespace lacuna {

/// A layer on a chip that wants a mapping. Borrows what it points to.
struct MappingRequest {
  const ChipConfig* chip = nullptr;
  MappingContext context;
  StreamWidths widths;
  Arithmetic accumulator;
  const Prices* prices = nullptr;  ///< of the layer's events; null where the objective needs none
  SearchConfig search;
};

}  // namespace lacuna
