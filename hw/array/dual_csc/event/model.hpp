// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/event/recurrence.hpp"
#include "hw/array/dual_csc/event/timing.hpp"
#include "hw/array/dual_csc/event/windows.hpp"
#include "hw/array/event_array.hpp"

namespace lacuna {

/// The event-driven dual_csc array: one wake per pass. Its edges come from the recurrence over windows, its counts from
/// non-zeros by tap and column; its products are those of its box.
class DualCscEvent : public EventArray {
 public:
  DualCscEvent(const sc_core::sc_module_name& name, const DualCscSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  /// What the MACs of a PE did in a pass on its activations.
  struct Work {
    std::int64_t performed[2] = {0, 0};
    std::int64_t fillers[2] = {0, 0};
    std::int64_t slots = 0;  ///< edges on weights
    std::int64_t empty = 0;  ///< edges on taps that give nothing
  };

  void run_pass(std::int64_t allowed) override;
  void take_filters(const DualCscTile& tile);
  Work work_of(const TiledPass& pass, const DualCscWindows& windows, std::int64_t pe) const;
  /// `done`: edges from the start of the pass up to the one at which the PE is done.
  void count_pe(std::int64_t pe, const Work& work, std::int64_t done, PassActivity& span);
  void count_idle(std::int64_t pe, PassActivity& span);
  void count_words(const TiledPass& pass, const DualCscWindows& windows);
  const DualCscColumn& column(std::int64_t tap, std::int64_t pe) const {
    return columns_[static_cast<std::size_t>(tap * schedule_.array.pes + pe)];
  }

  const DualCscSchedule& schedule_;
  const DualCscTimingParameters parameters_;
  const bool record_passes_;
  DualCscWindowMemo windows_;
  std::vector<DualCscColumn> columns_;  ///< of the filter tile in the PEs
  std::int64_t load_edges_ = 0;         ///< of the running pass
  std::vector<DualCscMacCounts> macs_;
  DualCscWords words_;
  std::vector<PassActivity> passes_;
};

}  // namespace lacuna
