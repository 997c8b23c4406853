// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/array/csc_broadcast/pass.hpp"
#include "hw/array/schedule.hpp"
#include "hw/memory/csc_memory.hpp"

namespace lacuna {

/// A layer cut into passes of a csc_broadcast array. Loop nest, outermost first: group, m tile, images, filter tile
/// (inputs), image, batch of inputs. Both levels run from this one object.
class CscBroadcastSchedule : public LayerSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  CscBroadcastSchedule(const MappingContext& context, const CscBroadcastMapping& mapping);

  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  std::int64_t filter_tile_words(std::int64_t tile) const override { return filter_tile(tile).words(); }
  bool own_filter_format() const override { return true; }
  std::vector<std::uint64_t> encode_filters(std::int64_t tile, Span<const StoredWord> words,
                                            std::int64_t link_bits) const override;
  std::vector<StoredWord> decode_filters(std::int64_t tile, Span<const std::uint64_t> stream,
                                         std::int64_t link_bits) const override;
  std::int64_t encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                    const std::weak_ptr<const void>& owner, std::int64_t link_bits) const override;
  AccumulationOrder accumulation_order() const override;

  const CscFilterTile& filter_tile(std::int64_t tile) const { return tiles_[static_cast<std::size_t>(tile)]; }
  const FeatureTile& ifmap_tile(const CscPass& pass) const {
    return ifmap_tiles[static_cast<std::size_t>(pass.ifmap_tile)];
  }
  const FeatureTile& ofmap_tile(const CscPass& pass) const {
    return ofmap_tiles[static_cast<std::size_t>(pass.ofmap_tile)];
  }
  /// Addresses in the regions of the global buffer, of the pass's first input and first ofmap channel.
  std::int64_t ifmap_address(const CscPass& pass) const {
    return pass.image * ifmap_tile(pass).words_per_image() + pass.input;
  }
  std::int64_t psum_address(const CscPass& pass) const { return pass.image * ofmap_tile(pass).words_per_image(); }
  const LayerShape& shape() const { return shape_; }
  /// Whether the filter tile of a pass arrives between it and the pass before.
  bool brings_filters(std::int64_t pass) const {
    return pass == 0 || pass_at(pass).filter_tile != pass_at(pass - 1).filter_tile;
  }
  const CscPass& pass_at(std::int64_t index) const { return pass_list[static_cast<std::size_t>(index)]; }

  CscBroadcastConfig array;
  CscFormat format;
  std::vector<CscPass> pass_list;

 private:
  void cut_group(std::int64_t group, const CscBroadcastMapping& map);
  void cut_tile(const FeatureTile& ofmap, std::int64_t group, const CscBroadcastMapping& map,
                std::int64_t first_filter_tile);
  void cut_batches(CscPass pass);
  void mark_psums();
  void order_transfers();

  LayerShape shape_;
  std::vector<CscFilterTile> tiles_;
};

}  // namespace lacuna
