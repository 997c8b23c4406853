// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "hw/chip/config.hpp"
#include "hw/chip/layer_job.hpp"
#include "hw/codec/codec.hpp"
#include "hw/memory/dram.hpp"
#include "hw/memory/filter_streams.hpp"

namespace lacuna {

/// The formats of the streams of a layer in DRAM. Where the array has a filter format of its own, that of filters is
/// not used.
struct LayerFormats {
  StreamFormat ifmap;
  StreamFormat filter;
  StreamFormat ofmap;
};

/// Formats of a layer on a chip. Throws Error (bad_input) where widths do not fit a codec.
LayerFormats formats_of(const ChipConfig& chip, const StreamWidths& widths);

/// Which words of a layer stay where they are, for a model that says which tile moves, but moves no words: their
/// streams in DRAM have addresses and their true sizes, but no contents.
struct WordsInPlace {
  bool filters = false;  ///< where codecs do not need the words to say how long their streams are, or feature maps are
  bool feature_maps = false;
};

/// Whether filters reach the array as streams that it, or a decoder in front of it, takes apart.
bool filters_stay_encoded(const ChipConfig& chip, const LayerSchedule& schedule);

/// DRAM as the host leaves it before the layer starts: one ifmap stream per image of each tile (padding zeros included,
/// so a tile can be fetched as it lies), one filter stream per filter tile, each beginning at a word of the link.
class DramImage {
 public:
  /// Throws Error (bad_input) where a stream of filters exceeds the banks that the chip holds it in.
  DramImage(const ChipConfig& chip, const LayerJob& job, const WordsInPlace& in_place = {});

  const LayerFormats& formats() const { return formats_; }
  const WordsInPlace& in_place() const { return in_place_; }
  Dram& dram() { return dram_; }
  const Dram& dram() const { return dram_; }
  /// Streams of an ifmap tile of the schedule, one per image, one behind the other.
  const std::vector<StreamRange>& ifmap(std::int64_t tile) const;
  const StreamRange& filter(std::int64_t tile) const { return filters_[static_cast<std::size_t>(tile)]; }
  /// Whether filters go into the weight memory as the streams that they are.
  bool filters_stay_encoded() const { return filters_stay_encoded_; }
  /// The streams of filters whose words are in place and not all of one length; null where there are none.
  const std::shared_ptr<FilterStreams>& streams() const { return streams_; }
  /// Bits of all filter streams, each once.
  std::int64_t filter_bits() const;

 private:
  void check_filters(const ChipConfig& chip, const LayerJob& job) const;
  /// Throws where a word of a feature map that stays in place does not fit its stream, though no word is looked at.
  void check_feature_maps(const LayerJob& job) const;
  void store_ifmaps(const LayerJob& job);
  void store_filters(const LayerJob& job);
  void reserve_filters(const LayerJob& job);
  std::vector<TileStream> encoded_tiles(const LayerJob& job) const;
  StreamRange reserve(const StreamFormat& format, const std::vector<StoredWord>& values);
  StreamRange append(const std::vector<std::uint64_t>& words, std::int64_t values);
  StreamRange store(const StreamFormat& format, const std::vector<StoredWord>& values);

  LayerFormats formats_;
  WordsInPlace in_place_;
  const bool filters_stay_encoded_;
  Dram dram_;
  std::vector<std::size_t> ifmap_of_tile_;  ///< tiles that differ only in their pass share streams
  std::vector<std::vector<StreamRange>> ifmaps_;
  std::vector<StreamRange> filters_;
  std::shared_ptr<FilterStreams> streams_;
};

/// The words of a filter tile in the order of its stream.
std::vector<StoredWord> filter_words(const LayerJob& job, std::int64_t tile);

/// Whether word `index` of a tile, channel, row, column, is of the padding around the ifmap.
bool is_padding(const LayerShape& shape, const FeatureTile& tile, std::int64_t index);

/// Words of a tile of the padded ifmap of one image: channel, row, column.
std::vector<StoredWord> padded_tile(const LayerShape& shape, Span<const StoredWord> ifmap, const FeatureTile& tile);

/// One ofmap stream: channels of a drained tile, whole rows, of one image.
struct OfmapStream {
  std::int64_t image = 0;
  std::int64_t channel = 0;  ///< of the layer
  std::int64_t channels = 1;
  std::int64_t tile = 0;
};

/// Calls visit(stream) for the streams of an ofmap tile, one after the other: of each image, `group` channels each, the
/// last of as many as are left.
template <class Visit>
void for_each_ofmap_stream(const FeatureTile& tile, std::int64_t tile_index, std::int64_t group, const Visit& visit) {
  for (std::int64_t image = tile.image; image < tile.image + tile.images; ++image) {
    for (std::int64_t channel = 0; channel < tile.channels; channel += group) {
      visit(OfmapStream{image, tile.channel + channel, std::min(group, tile.channels - channel), tile_index});
    }
  }
}

/// The streams into which an ofmap tile is written, in order: per image, groups of at most `group` channels.
std::vector<OfmapStream> ofmap_streams(const FeatureTile& tile, std::int64_t tile_index, std::int64_t group);

}  // namespace lacuna
