// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/array.hpp"
#include "sim/mapper/mapping_request.hpp"
#include "sim/mapper/objective.hpp"

namespace lacuna {

/// Simulates mappings of one layer at event level, on made-up words: zeros and ones in ifmap and ofmap, as many zeros
/// as the search assumes, strewn evenly; all ones in the network's input and in the weights. Cycles and counts are
/// those of the machine on such data. What passes take depends on data where zeros are skipped and where a decoder
/// feeds the array; other zeros change how long compressed streams are and which MACs are gated.
class FinalistRun {
 public:
  explicit FinalistRun(const MappingRequest& request);

  /// Figures of a legal mapping as simulated.
  MappingFigures figures(const ArrayMapping& mapping) const;

 private:
  const MappingRequest& request_;
  std::vector<StoredWord> ones_;
  std::vector<StoredWord> sparse_;
  std::vector<std::int64_t> biases_;
};

}  // namespace lacuna
