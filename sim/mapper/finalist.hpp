// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/array.hpp"
#include "sim/mapper/mapping_request.hpp"
#include "sim/mapper/objective.hpp"

namespace lacuna {

/// Simulates mappings of one layer at event level, on data without zeros: ifmap, weights and ofmap are all ones. Cycles
/// and counts are those of the machine on such data; on others, compressed streams are shorter and MACs are gated.
class FinalistRun {
 public:
  explicit FinalistRun(const MappingRequest& request);

  /// Figures of a legal mapping as simulated.
  MappingFigures figures(const ArrayMapping& mapping) const;

 private:
  const MappingRequest& request_;
  std::vector<StoredWord> ones_;
  std::vector<std::int64_t> biases_;
};

}  // namespace lacuna
