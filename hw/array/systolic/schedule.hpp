// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/array/systolic/config.hpp"

namespace lacuna {

/// A layer cut into folds of a systolic array, one pass each. Loop nest, outermost first: group, m tile, images, strip
/// of ofmap rows, channel tile, then filter folds and pixel folds (output stationary), filter folds and tap folds
/// (weight stationary), or tap folds and pixel folds (input stationary). Both levels run from this one object.
class SystolicSchedule : public LayerSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  SystolicSchedule(const MappingContext& context, const SystolicMapping& mapping);

  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  std::int64_t filter_tile_words(std::int64_t tile) const override {
    const FilterTile& words = tiles_[static_cast<std::size_t>(tile)];
    return words.taps * words.filters;
  }
  AccumulationOrder accumulation_order() const override;

  /// Addresses in the regions of the global buffer. Taps, filters and pixels count as in SystolicPass.
  std::int64_t ifmap_address(const SystolicPass& pass, std::int64_t tap, std::int64_t pixel) const;
  std::int64_t filter_address(const SystolicPass& pass, std::int64_t tap, std::int64_t filter) const {
    return (tap - pass.tap) * pass.filters + filter - pass.filter;
  }
  std::int64_t psum_address(const SystolicPass& pass, std::int64_t filter, std::int64_t pixel) const;

  const FeatureTile& ifmap_tile(const SystolicPass& pass) const {
    return ifmap_tiles[static_cast<std::size_t>(pass.ifmap_tile)];
  }
  const FeatureTile& ofmap_tile(const SystolicPass& pass) const {
    return ofmap_tiles[static_cast<std::size_t>(pass.ofmap_tile)];
  }
  const LayerShape& shape() const { return shape_; }
  /// First filter of the layer that a pass works on.
  std::int64_t first_filter(const SystolicPass& pass) const { return ofmap_tile(pass).channel + pass.filter; }

  SystolicArrayShape array;
  Gating gating;
  std::vector<SystolicPass> pass_list;

 private:
  /// Taps and filters (of the layer) whose words are fetched at once: those of a pass.
  struct FilterTile {
    std::int64_t tap = 0;
    std::int64_t taps = 1;
    std::int64_t filter = 0;
    std::int64_t filters = 1;
  };

  void cut_group(std::int64_t group);
  void cut_tile(const FeatureTile& ofmap);
  void cut_channels(const FeatureTile& ofmap, std::int64_t channel);
  void cut_folds(const SystolicPass& box, std::int64_t first_filter);
  void add_pass(SystolicPass pass, std::int64_t first_filter);
  void order_transfers();

  LayerShape shape_;
  SystolicMapping mapping_;
  std::vector<FilterTile> tiles_;
  std::unordered_map<std::int64_t, std::int64_t> tile_index_;  ///< by position of its first word
};

}  // namespace lacuna
