// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/base/fault.hpp"
#include "hw/base/field.hpp"
#include "hw/chip/transfer_record.hpp"

namespace lacuna {

/// What a run of one layer gave: exact integers, nothing derived that is not an integer.
struct LayerRun {
  std::int64_t total_cycles = 0;       ///< from the first transfer to the last word of the last one
  std::int64_t processing_cycles = 0;  ///< total less the cycles in which the whole array waited for the DRAM link
  std::int64_t array_cycles = 0;       ///< to the end of the last pass: the edges that PEs count
  std::int64_t active_pes = 0;
  MacRate mac_rate;                 ///< of a PE
  std::int64_t macs_performed = 0;  ///< algebraic MACs: filler is not among them
  std::int64_t macs_gated = 0;
  std::int64_t macs_skipped = 0;
  std::int64_t filler = 0;
  std::map<std::string, std::int64_t> counts;        ///< unit.action -> events
  std::map<std::string, std::int64_t> stall_cycles;  ///< cause -> PE cycles; idle PEs are not stalled
  ArrayActivity activity;
  std::vector<PassRecord> passes;
  std::vector<TransferRecord> transfers;  ///< of the schedule, in its order, where RunHooks::record asks for them
  std::int64_t dram_read_bits = 0;
  std::int64_t dram_write_bits = 0;
  std::int64_t stream_read_bits = 0;   ///< of the streams that the transfers fetch, as often as they do
  std::int64_t filter_read_bits = 0;   ///< of them those of filters
  std::int64_t stream_write_bits = 0;  ///< of the ofmap streams
  std::int64_t weight_stored_bits = 0;
  std::int64_t global_buffer_read_words = 0;   ///< the array's side: ifmap and psum reads, zero psums included
  std::int64_t global_buffer_ifmap_words = 0;  ///< the ifmap part of it
  std::int64_t global_buffer_write_words = 0;  ///< psum writes
  std::vector<StoredWord> ofmap;               ///< N x M x E x F as decoded from DRAM
};

/// A window of cycles to record as VCD.
struct WaveRequest {
  std::string file;  ///< without ".vcd"; "" = none
  std::int64_t first_cycle = 0;
  std::int64_t last_cycle = 0;
};

/// What a run is asked for besides its result.
struct RunHooks {
  std::function<void(std::int64_t passes_done, std::int64_t passes)> progress;
  WaveRequest wave;
  bool record = false;  ///< the transfers, and what the array did pass by pass
  Faults faults;
  std::function<void(Described&)> perturb;  ///< of the event array's unit parameters, as in ArraySetup
};

}  // namespace lacuna
