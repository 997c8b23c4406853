// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/csc_broadcast/schedule.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/csc_memory.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer. Only pass records, the PEs' memories and the buffer change
/// during the run.
struct CscContext {
  explicit CscContext(const CscBroadcastSchedule& s) : schedule(&s), memories(s.format), records(s.pass_list.size()) {}

  const CscBroadcastSchedule* schedule;
  CscMemories memories;
  std::vector<PassRecord> records;  ///< one per pass
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  WeightMemory* weights = nullptr;  ///< the filter tile as it came over the DRAM link
  std::int64_t link_bits = 64;      ///< of its words
  Faults* faults = nullptr;
  bool record_passes = false;  ///< whether stalls are told apart by pass

  const CscBroadcastConfig& array() const { return schedule->array; }
  const CscPass& pass(std::int64_t index) const { return schedule->pass_at(index); }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(records.size()); }
  /// The filter tile of a pass has arrived: it lies in the PEs from now on.
  void load_filters(std::int64_t index);
};

}  // namespace lacuna
