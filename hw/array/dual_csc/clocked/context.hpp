// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/dual_csc/schedule.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/csc_memory.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer. Only pass records, the PEs' memories and the buffer change
/// during the run.
struct DualCscContext {
  explicit DualCscContext(const DualCscSchedule& s) : schedule(&s), memories(s.format), records(s.pass_list.size()) {}

  const DualCscSchedule* schedule;
  CscMemories memories;             ///< the weights of all PEs
  std::vector<PassRecord> records;  ///< one per pass
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  WeightMemory* weights = nullptr;  ///< the filter tile as it came over the DRAM link
  std::int64_t link_bits = 64;      ///< of its words
  Faults* faults = nullptr;
  bool record_passes = false;  ///< whether stalls are told apart by pass

  const DualCscShape& array() const { return schedule->array; }
  const TiledPass& pass(std::int64_t index) const { return schedule->at(index); }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(records.size()); }
  /// Ofmap channels of a pass that a PE has.
  std::int64_t rows(std::int64_t pass_index, std::int64_t pe) const {
    return array().rows(pass(pass_index).filters, pe);
  }
  /// Takes the filter tile of a pass out of the weight memory.
  void take_filters(std::int64_t index);
};

}  // namespace lacuna
