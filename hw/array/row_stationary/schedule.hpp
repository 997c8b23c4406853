// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/row_stationary/config.hpp"
#include "hw/array/row_stationary/placement.hpp"
#include "hw/array/schedule.hpp"

namespace lacuna {

/// A layer cut into row-stationary passes. Loop nest, outermost first: group, m tile, images, strip, channel tile,
/// filter tile of m. Both levels run from this one object.
class RowStationarySchedule : public LayerSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  RowStationarySchedule(const MappingContext& context, const RowStationaryMapping& mapping);

  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  std::int64_t filter_tile_words(std::int64_t tile) const override;
  AccumulationOrder accumulation_order() const override;
  std::string filter_tiling() const override;

  /// Real filters and channels of a filter tile, and how they are dealt to the PEs.
  struct FilterTile {
    std::int64_t filter = 0;  ///< first filter of the layer
    std::int64_t filters = 1;
    std::int64_t channel = 0;  ///< first channel of the group
    std::int64_t channels = 1;
    std::int64_t p = 1;
    std::int64_t q = 1;
  };
  const FilterTile& filter_tile(std::int64_t tile) const { return tiles_[static_cast<std::size_t>(tile)]; }
  const LayerShape& shape() const { return shape_; }

  RowStationaryGrid grid;
  RowStationaryUnits units;
  Gating gating;
  std::vector<PhysicalPe> places;  ///< of the PEs of the grid
  std::vector<RowStationaryPass> pass_list;
  std::vector<std::int64_t> ifmap_tile_of;  ///< per pass
  std::vector<std::int64_t> ofmap_tile_of;  ///< per pass

 private:
  std::int64_t channel_tiles() const;
  std::int64_t filter_tiles_of_m() const;
  std::int64_t m_tiles() const;  ///< of a group
  void reserve();
  void cut_group(std::int64_t group);
  void cut_strip(const FeatureTile& ofmap);
  void cut_channels(const FeatureTile& ofmap, std::int64_t channel);
  std::int64_t find_filter_tile(std::int64_t place, const FilterTile& tile);
  void order_transfers();

  LayerShape shape_;
  RowStationaryMapping mapping_;
  std::vector<FilterTile> tiles_;
  std::vector<std::int64_t> tile_index_;  ///< by group, m tile, filter tile and channel tile, -1 = not met yet
};

}  // namespace lacuna
