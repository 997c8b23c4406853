// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/ofmap.hpp"

#include <algorithm>

namespace lacuna {

std::vector<StoredWord> decode_ofmap(const LayerJob& job, const StreamFormat& format,
                                     const std::vector<std::uint64_t>& dram, std::int64_t first_word,
                                     const std::vector<StreamRange>& ranges) {
  const LayerShape& shape = job.shape;
  std::vector<StoredWord> ofmap(static_cast<std::size_t>(shape.N * shape.ofmap_words()), 0);
  std::size_t next = 0;
  for (const Transfer& transfer : job.schedule->transfers) {
    if (transfer.kind != TransferKind::drain_ofmap) continue;
    const FeatureTile& tile = job.schedule->ofmap_tiles[static_cast<std::size_t>(transfer.tile)];
    for (const OfmapStream& stream : ofmap_streams(tile, transfer.tile, job.ofmap_group_channels)) {
      const StreamRange& range = ranges.at(next++);
      const Span<const std::uint64_t> words(dram.data() + first_word + range.first_word,
                                            static_cast<std::size_t>(range.words));
      const std::vector<StoredWord> values =
          from_stored(job.widths.ofmap_form, format.codec->decode(format.parameters, words, range.values));
      const std::int64_t plane = tile.rows * tile.columns;
      for (std::int64_t c = 0; c < stream.channels; ++c) {
        const std::int64_t to = ((stream.image * shape.M + stream.channel + c) * shape.E() + tile.row) * shape.F();
        std::copy_n(values.begin() + c * plane, plane, ofmap.begin() + to);
      }
    }
  }
  return ofmap;
}

std::vector<StoredWord> known_ofmap(const LayerJob& job) {
  std::vector<StoredWord> ofmap;
  ofmap.reserve(static_cast<std::size_t>(job.shape.N * job.shape.ofmap_words()));
  for (const Span<const StoredWord> image : job.known_ofmaps) ofmap.insert(ofmap.end(), image.begin(), image.end());
  return ofmap;
}

}  // namespace lacuna
