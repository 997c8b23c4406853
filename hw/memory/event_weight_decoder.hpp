// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hw/base/field.hpp"
#include "hw/base/span.hpp"
#include "hw/codec/codec.hpp"
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
};

/// When an array that takes weights beat by beat gets those of one tile, relative to the edge at which it asks.
struct DecodedTile {
  std::vector<std::int64_t> sent;  ///< edge of each beat
  WeightMemoryCounts counts;       ///< of decoding the tile once
};

/// Times the decoding of one stream: no row is moved. `known` values once each row has come (Codec::values_by_word),
/// `values` the weights, `beats` how many of them the array takes at once, one beat an edge at most; a beat of none
/// takes its edge all the same.
DecodedTile time_decoding(const WeightDecoderTiming& timing, Span<const std::int64_t> known,
                          Span<const StoredWord> values, Span<const std::int32_t> beats);

/// The weight decoder of the event model: the tile that has come, and when each beat of it is there.
class EventWeightDecoder {
 public:
  EventWeightDecoder(WeightMemory& memory, const StreamFormat& format) : memory_(memory), format_(format) {}

  /// A tile has come; its words are asked for only where its times are not known yet.
  template <class Words>
  void take_tile(std::int64_t tile, const Words& words) {
    tile_ = tile;
    if (known_.count(tile) == 0) words_[tile] = words();
  }
  /// The tile that lies in the memory, read in beats, which are the same whenever it is read. Counts what is read.
  const DecodedTile& read(const WeightDecoderTiming& timing, Span<const std::int32_t> beats);

 private:
  WeightMemory& memory_;
  const StreamFormat format_;
  std::int64_t tile_ = -1;
  std::map<std::int64_t, std::vector<StoredWord>> words_;  ///< of tiles that have come and were not read
  std::map<std::int64_t, DecodedTile> known_;
};

}  // namespace lacuna
