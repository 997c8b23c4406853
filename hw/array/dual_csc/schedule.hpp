// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/dual_csc/config.hpp"
#include "hw/array/tiled_schedule.hpp"
#include "hw/memory/csc_memory.hpp"

namespace lacuna {

/// A layer cut into passes of a dual_csc array. In each tile of a TiledMapping: folds of ofmap channels, then groups of
/// taps, a pass each, over all windows (ofmap pixels) of the tile. Both levels run from this one object.
class DualCscSchedule : public TiledSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  DualCscSchedule(const MappingContext& context, const DualCscMapping& mapping);

  /// Filter by filter: the rows of the weight matrix.
  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  bool own_filter_format() const override { return true; }
  std::vector<std::uint64_t> encode_filters(std::int64_t tile, Span<const StoredWord> words,
                                            std::int64_t link_bits) const override;
  std::vector<StoredWord> decode_filters(std::int64_t tile, Span<const std::uint64_t> stream,
                                         std::int64_t link_bits) const override;
  std::int64_t encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                    const std::weak_ptr<const void>& owner, std::int64_t link_bits) const override;
  /// All taps in order: a window's activations are worked on in order, and its psums are kept.
  AccumulationOrder accumulation_order() const override;

  const DualCscTile& filter_tile(std::int64_t tile) const { return tiles_[static_cast<std::size_t>(tile)]; }
  const TiledPass& at(std::int64_t pass) const { return pass_list[static_cast<std::size_t>(pass)]; }
  /// Whether the weights of a pass are not yet in the PEs.
  bool brings_filters(std::int64_t pass) const { return pass == 0 || at(pass).filter_tile != at(pass - 1).filter_tile; }
  std::int64_t all_taps() const { return shape().C * shape().R * shape().S; }

  DualCscShape array;
  CscFormat format;
  std::vector<TiledPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;
  /// Throws Error (bad_input) where a PE does not hold so many entries.
  void check_entries(std::int64_t tile, Span<const std::int64_t> entries) const;

  DualCscConfig config_;
  std::int64_t k_;
  std::int64_t t_;
  std::vector<DualCscTile> tiles_;
};

}  // namespace lacuna
