// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/event/filter_arrival.hpp"
#include "hw/array/row_stationary/event/pass_timing.hpp"
#include "hw/array/row_stationary/schedule.hpp"

namespace lacuna {

/// What the PEs of a layer did, but for their MACs, without visiting PEs at every pass: passes are booked under their
/// timing, and what is the same in all passes of a timing is multiplied at the end.
class PassTally {
 public:
  PassTally(const RowStationarySchedule& schedule, const RowStationaryUnits& units);

  /// A pass of that timing. What came after its start took `delay` edges until the next pass started, or until the end
  /// of the last one; `link` of them waited for the DRAM link alone.
  void book(std::int64_t pass, const PassTiming& timing, std::int64_t delay, std::int64_t link);
  /// A pass whose filters came so late. Its PEs waited for ifmap words, not for filters, where their own came early.
  void book_arrival(const RowStationaryPass& pass, const FilterArrival& arrival);
  /// Adds all that was booked to the counts of the PEs, by RowStationaryGrid::pe.
  void add_to(std::vector<PeCounts>& pes, BusCounts& buses) const;

 private:
  /// Passes of one timing, and the time from their starts to what came next.
  struct Gaps {
    std::int64_t passes = 0;
    std::int64_t delay = 0;
    std::int64_t link = 0;
  };
  struct Use {
    const RowStationaryPass* shape = nullptr;
    std::vector<Gaps> by_era;
  };
  void add_pe(const PassTiming& timing, const Use& use, std::int64_t pe, PeCounts& counts) const;
  void add_arrivals(std::vector<PeCounts>& pes) const;
  void add_words(const RowStationaryPass& shape, std::int64_t passes, bool top, PeCounts& counts) const;

  const RowStationarySchedule& schedule_;
  const RowStationaryUnits units_;
  std::vector<std::int64_t> last_passes_;   ///< passes behind which some columns of the sets have none left, ascending
  std::vector<std::int64_t> last_pass_of_;  ///< per column of a set: which of these is its last
  std::map<const PassTiming*, Use> uses_;
  std::int64_t filter_delays_ = 0;
  std::map<std::int64_t, std::vector<std::int64_t>> early_;  ///< by columns that take part: per row of PEs, summed up
};

}  // namespace lacuna
