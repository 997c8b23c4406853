// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hw/base/field.hpp"
#include "hw/base/span.hpp"
#include "hw/codec/codec.hpp"
#include "hw/memory/filter_streams.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// All that the times of a weight decoder depend on besides its stream: the event model's own copy, as one field list.
struct WeightDecoderTiming : Described {
  explicit WeightDecoderTiming(const WeightDecoderParameters& p) : parameters(p) {}

  WeightDecoderParameters parameters;
  std::int64_t start_to_row = 1;   ///< edges from the array's asking to the first row
  std::int64_t made_to_taken = 1;  ///< edges from a weight's coming into the FIFO to its taking, the latency apart
  std::int64_t taken_to_room = 1;  ///< edges from a weight's taking to the use of its place

  void describe(FieldVisitor& v) override;
  /// All its numbers.
  std::string key() const;
};

/// How an array takes the weights of a tile: how many of them at once, one beat an edge at most; a beat of none takes
/// its edge all the same. Every `asked`-th beat is one whose edge is asked for, so is the last. Without beats it takes
/// the whole tile, at every edge all that has come, and the last of those edges is asked for.
struct WeightBeats {
  std::vector<std::int32_t> words;
  std::int64_t asked = 1;
};

/// Times the decoding of one stream: no row is moved.
DecodedTile time_decoding(const WeightDecoderTiming& timing, const TileStream& stream, const WeightBeats& beats);

/// The weight decoder of the event model: the tile that has come, and when the beats of it are there.
class EventWeightDecoder {
 public:
  /// `streams`: those of tiles whose words stay in place; null: take_tile() brings them.
  EventWeightDecoder(WeightMemory& memory, std::shared_ptr<FilterStreams> streams)
      : memory_(memory), streams_(streams ? std::move(streams) : std::make_shared<FilterStreams>()) {}

  /// A tile has come whose words do not stay in place.
  void take_tile(const StreamFormat& format, Span<const StoredWord> words);
  /// The tile that lies in the memory, read in beats that are the same whenever `reader` reads that tile. Counts what
  /// is read. The timing is the same at every call.
  const DecodedTile& read(const WeightDecoderTiming& timing, const std::string& reader, const WeightBeats& beats);

 private:
  WeightMemory& memory_;
  std::shared_ptr<FilterStreams> streams_;
  std::vector<std::optional<DecodedTile>>* known_ = nullptr;  ///< of these streams, for this timing and `reader_`
  std::string reader_;                                        ///< of the last call
  std::optional<TileStream> moved_;                           ///< the tile that has come
  DecodedTile decoded_;                                       ///< of that
};

}  // namespace lacuna
