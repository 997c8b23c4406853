// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/event_tile_writer.hpp"

namespace lacuna {

void TileStoreTiming::describe(FieldVisitor& v) {
  decoding.describe(v);
  v.integer(FieldInfo("store_written_to_read", "edges from writing a tile's last weight to reading").range(0, 64),
            written_to_read);
}

TileArrival EventTileWriter::begin(const TileStoreTiming& timing, std::int64_t tile, std::int64_t kept) {
  if (holds(tile)) return {};
  held_ = tile;
  store_.count(kept);
  const std::int64_t written = decoder_.read(timing.decoding, "whole", WeightBeats{}).sent.back();
  return {written, written + timing.written_to_read};
}

}  // namespace lacuna
