// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/row_stationary/schedule.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

/// Computes the psums of a pass from the words that lie in the global buffer, in the order in which the machine adds:
/// each PE sums its own taps from zero, and sums climb the chain from the bottom. Rows of windows at a time.
class PassValues {
 public:
  PassValues(const RowStationarySchedule& schedule, const Mac& mac, const Arithmetic& arithmetic, GlobalBuffer& buffer);

  void compute(std::int64_t index);

 private:
  void add_chain(const RowStationaryPass& pass, std::int64_t filter, std::int64_t image, std::int64_t j, Word* psums);
  void find_filters(const RowStationaryPass& pass);

  const RowStationarySchedule& schedule_;
  const Mac& mac_;
  const Arithmetic arithmetic_;
  GlobalBuffer& buffer_;
  const FeatureTile* tile_ = nullptr;
  std::vector<std::int64_t> rows_of_filters_;  ///< by set and chain position: address of its first filter word
  std::vector<Word> local_;                    ///< sums of one PE, one per window
};

}  // namespace lacuna
