// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/pass.hpp"
#include "hw/array/row_stationary/program.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Tag of an ifmap row on the bus: its channel group and its number in the strip.
constexpr std::int32_t ifmap_tag(std::int64_t rr, std::int64_t row) {
  return static_cast<std::int32_t>(rr * 65536 + row);
}

/// Where the buses read and write words: the global buffer, or a test. `pass` is an index into the passes, `at` the
/// place in the bus program, `lane` the word of the beat.
class RowStationaryMemory {
 public:
  virtual ~RowStationaryMemory() = default;
  virtual Word filter(std::int64_t pass, const FilterProgram& at, std::int64_t lane) = 0;
  /// A pass begins to send its filters, at this edge.
  virtual void begin_filters(std::int64_t /*pass*/) {}
  /// Whether the words of the next `lanes` lanes are there at this edge.
  virtual bool has_filters(std::int64_t /*pass*/, const FilterProgram& /*at*/, std::int64_t /*lanes*/) const {
    return true;
  }
  virtual Word ifmap(std::int64_t pass, const IfmapProgram& at) = 0;
  virtual Word psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane) = 0;
  virtual void write_psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane, Word word) = 0;
};

/// What all clocked units of one array share for one layer. Only pass records change during the run.
struct ClockedContext {
  RowStationaryGrid grid;
  RowStationaryUnits units;
  Gating gating;
  Arithmetic arithmetic;
  std::vector<RowStationaryPass> passes;
  const Mac* mac = nullptr;
  RowStationaryMemory* memory = nullptr;
  Faults* faults = nullptr;
  std::vector<PassRecord> records;  ///< one per pass
  bool record_passes = false;       ///< whether stalls are told apart by pass

  const RowStationaryPass& pass(std::int64_t index) const { return passes[static_cast<std::size_t>(index)]; }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(passes.size()); }
};

}  // namespace lacuna
