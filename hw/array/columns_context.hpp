// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/csc_memory.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// What all clocked units of an array share for one layer whose PEs hold weights as compressed sparse columns. Only
/// pass records, the PEs' memories and the buffer change during the run. A Schedule has `array`, `format` and
/// `pass_list`.
template <class Schedule>
struct ColumnsContext {
  explicit ColumnsContext(const Schedule& s) : schedule(&s), memories(s.format), records(s.pass_list.size()) {}

  const Schedule* schedule;
  CscMemories memories;             ///< the weights of all PEs
  std::vector<PassRecord> records;  ///< one per pass
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  WeightMemory* weights = nullptr;  ///< the filter tile as it came over the DRAM link
  std::int64_t link_bits = 64;      ///< of its words
  Faults* faults = nullptr;
  bool record_passes = false;  ///< whether stalls are told apart by pass

  const auto& array() const { return schedule->array; }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(records.size()); }
  /// Takes the filter tile, of so many filters and columns, out of the weight memory: it lies in the PEs from now on.
  void load_columns(std::int64_t filters, std::int64_t columns) {
    std::vector<std::uint64_t> words;
    for (std::int64_t row = 0; row < weights->rows(); ++row) words.push_back(weights->read(row));
    memories.load(words, link_bits, filters, columns);
  }
};

}  // namespace lacuna
