// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// A pass that is a box of the layer's MACs. Taps count in C R S order within the group; filters and pixels (image,
/// row, column) count within the ofmap tile whose psums are in the global buffer.
struct TiledPass {
  std::int64_t tap = 0;  ///< first tap
  std::int64_t taps = 1;
  std::int64_t filter = 0;  ///< first filter
  std::int64_t filters = 1;
  std::int64_t pixel = 0;  ///< first pixel
  std::int64_t pixels = 1;
  bool first_taps = true;  ///< psums start from zero

  std::int64_t ifmap_tile = 0;  ///< indices into the tiles of the schedule
  std::int64_t ofmap_tile = 0;
  std::int64_t filter_tile = 0;
};

/// A layer cut into tiles by a TiledMapping. Loop nest, outermost first: group, m tile, images, strip of ofmap rows,
/// channel tile, then whatever passes the array cuts a tile into.
class TiledSchedule : public LayerSchedule {
 public:
  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  std::int64_t filter_tile_words(std::int64_t tile) const override {
    return filter_tile(tile).taps * filter_tile(tile).filters;
  }
  std::string filter_tiling() const override;

  /// Addresses in the regions of the global buffer. Taps, filters and pixels count as in TiledPass.
  std::int64_t ifmap_address(const TiledPass& pass, std::int64_t tap, std::int64_t pixel) const;
  std::int64_t filter_address(const TiledPass& pass, std::int64_t tap, std::int64_t filter) const {
    return (tap - pass.tap) * pass.filters + filter - pass.filter;
  }
  std::int64_t psum_address(const TiledPass& pass, std::int64_t filter, std::int64_t pixel) const;

  const FeatureTile& ifmap_tile(const TiledPass& pass) const {
    return ifmap_tiles[static_cast<std::size_t>(pass.ifmap_tile)];
  }
  const FeatureTile& ofmap_tile(const TiledPass& pass) const {
    return ofmap_tiles[static_cast<std::size_t>(pass.ofmap_tile)];
  }
  const LayerShape& shape() const { return shape_; }
  /// First filter of the layer that a pass works on.
  std::int64_t first_filter(const TiledPass& pass) const { return ofmap_tile(pass).channel + pass.filter; }

 protected:
  /// Taps and filters (of the layer) whose words are fetched at once: those of a pass.
  struct FilterTile {
    std::int64_t tap = 0;
    std::int64_t taps = 1;
    std::int64_t filter = 0;
    std::int64_t filters = 1;
  };

  TiledSchedule(const LayerShape& shape, const TiledMapping& mapping);
  const FilterTile& filter_tile(std::int64_t tile) const { return tiles_[static_cast<std::size_t>(tile)]; }
  /// Position of a filter word, M C R S.
  std::int64_t filter_position(std::int64_t tap, std::int64_t filter) const {
    return filter * shape_.C * shape_.R * shape_.S + tap;
  }
  /// Cuts the layer, by cut_box. To be called once, by the constructor of the array's own schedule.
  void cut_layer();
  /// Cuts one tile, all whose words lie in the global buffer, into passes: an add_pass for each.
  virtual void cut_box(const TiledPass& box) = 0;
  /// The next pass is this box: gives it its filter tile, and orders the transfers before it.
  void add_pass(TiledPass& pass);

 private:
  void cut_group(std::int64_t group);
  void cut_tile(const FeatureTile& ofmap);
  void cut_channels(const FeatureTile& ofmap, std::int64_t channel);
  void order_transfers(const TiledPass& pass);

  LayerShape shape_;
  std::int64_t m_;
  std::int64_t n_;
  std::int64_t e_;
  std::int64_t c_;
  TiledPass last_;
  std::vector<FilterTile> tiles_;
  std::unordered_map<std::int64_t, std::int64_t> tile_index_;  ///< by position of its first word
};

}  // namespace lacuna
