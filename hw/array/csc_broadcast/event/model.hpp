// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <systemc>
#include <vector>

#include "hw/array/csc_broadcast/activity.hpp"
#include "hw/array/csc_broadcast/event/recurrence.hpp"
#include "hw/array/csc_broadcast/event/timing.hpp"
#include "hw/array/csc_broadcast/schedule.hpp"
#include "hw/array/event_array.hpp"

namespace lacuna {

/// The event-driven csc_broadcast array: one wake per pass. Its edges come from the recurrence over broadcasts and PEs,
/// its counts from the entries of the columns that are broadcast; its products are those of its box.
class CscBroadcastEvent : public EventArray {
 public:
  CscBroadcastEvent(const sc_core::sc_module_name& name, const CscBroadcastSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  /// Where the activations of an image are that are not zero, in C R S order within the group.
  using NonZeros = std::vector<std::int32_t>;

  void run_pass(std::int64_t allowed) override;
  void take_filters(std::int64_t tile);
  const NonZeros& non_zeros(const CscPass& pass);
  CscPassCounts serve(const CscPass& pass);
  void count_pes(const CscPassCounts& counts, std::int64_t link);
  void count_words(const CscPass& pass, const CscPassCounts& counts);

  const CscBroadcastSchedule& schedule_;
  const CscTimingParameters parameters_;
  const std::weak_ptr<const void> filters_owner_;
  const bool record_passes_;
  std::shared_ptr<const CscColumns> columns_;  ///< of the filter tile in the PEs
  CscRowBuffers buffers_;
  std::int64_t ifmap_tile_ = -1;
  std::vector<NonZeros> non_zeros_;  ///< by image of the ifmap tile; made when first asked for
  std::vector<CscPeCounts> pes_;
  CscWords words_;
  std::vector<PassActivity> passes_;
};

}  // namespace lacuna
