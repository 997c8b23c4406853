// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/span.hpp"
#include "hw/base/stored_words.hpp"

namespace lacuna {

/// A box of a feature map that lies in the global buffer at once: whole rows of all its channels. In the buffer, and in
/// the values of a stream, the order is image, channel, row, column.
struct FeatureTile {
  std::int64_t image = 0;  ///< first image
  std::int64_t images = 1;
  std::int64_t channel = 0;  ///< first channel, groups counted through
  std::int64_t channels = 1;
  std::int64_t row = 0;  ///< first row, of the padded ifmap or of the ofmap
  std::int64_t rows = 1;
  std::int64_t columns = 1;  ///< the whole width

  std::int64_t words_per_image() const { return channels * rows * columns; }
  std::int64_t words() const { return images * words_per_image(); }
  bool operator==(const FeatureTile& o) const {
    return image == o.image && images == o.images && channel == o.channel && channels == o.channels && row == o.row &&
           rows == o.rows && columns == o.columns;
  }
};

/// What a transfer on the DRAM link waits for: it may start at the edge after the event.
enum class PassEvent {
  none,          ///< from edge 0
  filters_sent,  ///< the pass has sent its last filter beat
  ready,         ///< the edge before the pass could start but for the link
  ended,         ///< the pass has ended
};

enum class TransferKind { fill_filter, fill_ifmap, drain_ofmap };

/// One transfer on the DRAM link. The link serves transfers one at a time, in the order of the schedule.
struct Transfer {
  TransferKind kind = TransferKind::fill_filter;
  std::int64_t tile = 0;  ///< index into the tiles of its kind
  PassEvent after = PassEvent::none;
  std::int64_t after_pass = 0;
};

/// A layer cut into passes by a mapping: which tiles move when. The array keeps what each pass works on to itself.
class LayerSchedule {
 public:
  virtual ~LayerSchedule() = default;
  /// Positions (in M C R S order) of the real filter words of a filter tile, in the order in which they lie in DRAM and
  /// in the filter buffer.
  virtual std::vector<std::int64_t> filter_positions(std::int64_t tile) const = 0;
  /// How many those are.
  virtual std::int64_t filter_tile_words(std::int64_t tile) const {
    return static_cast<std::int64_t>(filter_positions(tile).size());
  }
  /// How the filters are cut into tiles: two schedules of the same layer with the same text have the same tiles. "": it
  /// is not known.
  virtual std::string filter_tiling() const { return ""; }
  /// Filter words of all transfers, as often as they are fetched.
  std::int64_t fetched_filter_words() const;
  /// Whether the array keeps filters in memories and a format of its own. What the DRAM link brings of a filter tile
  /// is then that stream, and goes into the weight memory as it comes: neither codec nor filter buffer has a part in
  /// it.
  virtual bool own_filter_format() const { return false; }
  /// The stream of a filter tile, whose words are those of filter_positions(), in that format: words of the link, of
  /// `link_bits` bits each. Throws Error (bad_input) where the tile does not fit the array's memories.
  virtual std::vector<std::uint64_t> encode_filters(std::int64_t tile, Span<const StoredWord> words,
                                                    std::int64_t link_bits) const;
  /// The words of a tile out of such a stream. Throws Error (run_failed) on one that encode_filters() does not give.
  virtual std::vector<StoredWord> decode_filters(std::int64_t tile, Span<const std::uint64_t> stream,
                                                 std::int64_t link_bits) const;
  /// How many link words those are, without making them. `filters` are all of the layer, M C R S; what is worked out
  /// from them may be kept for as long as their owner lives, who never changes them. Throws as encode_filters().
  virtual std::int64_t encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                            const std::weak_ptr<const void>& owner, std::int64_t link_bits) const;
  /// The order in which the products of one ofmap word are added.
  virtual AccumulationOrder accumulation_order() const = 0;

  std::int64_t passes = 0;
  std::int64_t active_pes = 0;           ///< PEs that the mapping covers
  std::vector<FeatureTile> ifmap_tiles;  ///< in the padded ifmap
  std::vector<FeatureTile> ofmap_tiles;
  std::int64_t filter_tiles = 0;
  std::vector<Transfer> transfers;
  std::vector<std::int64_t> transfers_before;  ///< per pass: transfers that are complete before it may start
  std::int64_t ifmap_words = 0;                ///< largest tile of each kind in the global buffer
  std::int64_t psum_words = 0;
  std::int64_t filter_words = 0;
  /// Filter words that the array reads from the global buffer, or that a decoder makes for it, over all passes.
  std::int64_t filter_reads = 0;
  bool stores_non_zeros = false;  ///< its tile store, if it has one, keeps weights alone that are not worth zero
};

}  // namespace lacuna
