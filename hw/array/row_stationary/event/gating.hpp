// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "hw/array/array_model.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Counts the performed and gated MACs of PEs without visiting MACs: for one tap of a filter row a PE multiplies every
/// weight with every window, so the pairs of non-zeros are non-zero weights times non-zero windows.
class GatingCounter {
 public:
  GatingCounter(const RowStationarySchedule& schedule, const ArraySetup& setup)
      : schedule_(schedule),
        mac_(*setup.mac),
        filler_is_zero_(setup.filler_is_zero),
        operands_(*setup.operands),
        places_(static_cast<std::size_t>(schedule.grid.chain() * schedule.grid.e)),
        pes_(static_cast<std::size_t>(schedule.grid.pes())),
        fillers_(static_cast<std::size_t>(schedule.grid.t), 0) {}

  /// To be called when an ifmap tile lies in the buffer that the pass is the first to work on.
  void begin_tile(const FeatureTile& tile, const RowStationaryPass& pass);
  /// A pass on the tile, whose filters lie in the buffer.
  void add(const RowStationaryPass& pass);
  /// The passes on the tile are over: adds their MACs to the counts of the PEs, by RowStationaryGrid::pe.
  void end_tile();
  /// The MACs of all tiles that are over.
  std::vector<PeCounts> macs() const;

 private:
  /// What the PEs of one row of a set have in common.
  struct PeRow {
    std::int64_t group = 0;                 ///< channel group
    std::int64_t channels = 0;              ///< real channels of the group; the others, up to q, are filler
    std::int64_t slots = 0;                 ///< filters that a PE has room for
    std::int64_t filters = 0;               ///< real ones; the others are filler
    const std::int64_t* weights = nullptr;  ///< per tap: real filters whose weight is not worth zero
  };
  /// How many of the windows of an ifmap tile meet a non-zero word.
  struct TileWindows {
    std::int64_t rows = 0;               ///< of the tile
    std::vector<std::int64_t> by_tap;    ///< channel of the tile, row, s; images summed; where weights gate too
    std::vector<std::int64_t> by_group;  ///< channel group, row, summed over channels, s and images; where they do not
  };
  PeRow row_of(const RowStationaryPass& pass, std::int64_t i) const;
  std::vector<std::int64_t> windows_by_tap(const FeatureTile& tile, const RowStationaryPass& pass) const;
  std::vector<std::int64_t> windows_by_group(const FeatureTile& tile, const RowStationaryPass& pass) const;
  void add_windows(const FeatureTile& group, const RowStationaryPass& pass, std::int64_t* by_row) const;
  void look_at_filters(const RowStationaryPass& pass);
  void count_by_tap(const RowStationaryPass& pass);
  void count_tap(const PeRow& row, std::int64_t tap, std::int64_t ifmap_row, PeCounts& counts) const;
  void count_row(std::int64_t i);
  /// How many of the windows of a row meet a non-zero word with one tap.
  std::int64_t windows(std::int64_t channel, std::int64_t row, std::int64_t s) const {
    return tile_->by_tap[static_cast<std::size_t>((channel * tile_->rows + row) * schedule_.grid.S + s)];
  }

  const RowStationarySchedule& schedule_;
  const Mac& mac_;
  const bool filler_is_zero_;
  const EventBuffer& operands_;
  std::vector<PeCounts> places_;       ///< by chain position and column: what the PEs of all sets do alike
  std::vector<PeCounts> pes_;          ///< what else each of them does
  RowStationaryPass pass_;             ///< the first one on the tile
  std::int64_t slots_ = 0;             ///< filters that a PE had room for in the passes on the tile, added up
  std::vector<std::int64_t> fillers_;  ///< per set: those of them that are filler
  /// Of the tiles that were looked at, by image, channel and row: one that comes again has the same words.
  std::map<std::array<std::int64_t, 3>, TileWindows> looked_at_;
  const TileWindows* tile_ = nullptr;
  std::vector<std::int64_t> weights_;  ///< set, chain position, tap: real filters whose weight is not worth zero
};

}  // namespace lacuna
