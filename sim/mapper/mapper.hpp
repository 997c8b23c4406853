// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "hw/array/mapping_space.hpp"
#include "sim/mapper/mapping_request.hpp"
#include "sim/mapper/objective.hpp"

namespace lacuna {

/// The mapping that a search chose, and how.
struct ChosenMapping {
  std::shared_ptr<const ArrayMapping> mapping;
  MappingFigures estimate;                  ///< by closed form
  std::optional<MappingFigures> simulated;  ///< where finalists were
  std::int64_t visited = 0;                 ///< mappings that were ranked by closed form
  std::int64_t finalists = 0;               ///< and of them, those that were simulated, the default mapping included
};

/// The best mapping of a layer under the objective of the request. The finalists of the closed form and the array's
/// default mapping are simulated, and the best as simulated wins, unless the objective is exact by closed form or no
/// finalists are wanted. Some ten thousand searches are remembered, by layer shape, widths, chip, objective and prices:
/// the layers of a network and the points of a sweep ask for the same ones again and again.
/// Throws Error (bad_input) where no mapping is legal, with the capacity that breaks; refusals are not remembered.
std::shared_ptr<const ChosenMapping> search_mapping(const MappingRequest& request);

/// The array's default mapping, remembered likewise.
std::shared_ptr<const ArrayMapping> default_mapping(const ChipConfig& chip, const MappingContext& context);

}  // namespace lacuna
