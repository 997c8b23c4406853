// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/mapper/estimate.hpp"

namespace lacuna {

/// A mapping and what it costs by closed form.
struct Candidate {
  std::shared_ptr<const ArrayMapping> mapping;
  MappingCost cost;
  MappingFigures figures;
  Score score;
};

/// The best of a space, best first; of equal ones those that the array shows first.
struct Candidates {
  std::vector<Candidate> best;
  std::int64_t visited = 0;  ///< mappings whose cost was worked out; branches that cannot hold a better one were not
};

/// The `count` best mappings of a layer by closed form; fewer where there are not as many.
Candidates best_mappings(const MappingRequest& request, const Estimator& estimator, std::int64_t count);

}  // namespace lacuna
