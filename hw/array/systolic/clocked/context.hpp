// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/array/systolic/schedule.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_decoder.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer. Only pass records and the buffer change during the run.
struct SystolicContext {
  const SystolicSchedule* schedule = nullptr;
  std::vector<SystolicFold> folds;  ///< one per pass
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  WeightDecoder* decoder = nullptr;  ///< where filter words come from, if not from the buffer
  Faults* faults = nullptr;
  std::vector<PassRecord> records;  ///< one per pass
  bool record_passes = false;       ///< whether stalls are told apart by pass

  const SystolicArrayShape& array() const { return schedule->array; }
  const SystolicPass& pass(std::int64_t index) const { return schedule->pass_list[static_cast<std::size_t>(index)]; }
  const SystolicFold& fold(std::int64_t index) const { return folds[static_cast<std::size_t>(index)]; }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(folds.size()); }

  /// Words from the buffer. The places are those of SystolicPass.
  Word activation(const SystolicPass& pass, std::int64_t tap, std::int64_t pixel) const {
    return buffer->read_ifmap(schedule->ifmap_address(pass, tap, pixel));
  }
  /// `place`: how many others enter the array at the same edge before it.
  Word weight(const SystolicPass& pass, std::int64_t tap, std::int64_t filter, std::int64_t place) const {
    return faults->filter_path.pass(
        decoder != nullptr ? decoder->peek(place) : buffer->filter.read(schedule->filter_address(pass, tap, filter)));
  }
  Word psum(const SystolicPass& pass, std::int64_t filter, std::int64_t pixel) const {
    return pass.first_taps ? buffer->read_zero_psum() : buffer->psum.read(schedule->psum_address(pass, filter, pixel));
  }
};

}  // namespace lacuna
