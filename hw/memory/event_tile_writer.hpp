// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/field.hpp"
#include "hw/memory/event_weight_decoder.hpp"
#include "hw/memory/tile_store.hpp"

namespace lacuna {

/// All that the times of a tile store depend on besides its streams: the event model's own copy, as one field list.
struct TileStoreTiming : Described {
  explicit TileStoreTiming(const WeightDecoderParameters& parameters) : decoding(parameters) {}

  WeightDecoderTiming decoding;
  std::int64_t written_to_read = 1;  ///< edges from the writing of a tile's last weight to its first reading

  void describe(FieldVisitor& v) override;
};

/// When a tile is there for a pass, relative to the edge at which the pass begins.
struct TileArrival {
  std::int64_t written = 0;  ///< edge of its last weight, 0 for a tile that lies in the store
  std::int64_t wait = 0;     ///< edges by which the pass waits for it
};

/// Writes decoded tiles into a tile store: of the event model.
class EventTileWriter {
 public:
  EventTileWriter(EventWeightDecoder& decoder, TileStore& store) : decoder_(decoder), store_(store) {}

  bool holds(std::int64_t tile) const { return held_ == tile; }
  /// A pass begins on this tile, which lies in the weight memory unless it lies in the store. `kept`: weights of it
  /// that take an entry. Counts what is read and written.
  TileArrival begin(const TileStoreTiming& timing, std::int64_t tile, std::int64_t kept);

 private:
  EventWeightDecoder& decoder_;
  TileStore& store_;
  std::int64_t held_ = -1;
};

}  // namespace lacuna
