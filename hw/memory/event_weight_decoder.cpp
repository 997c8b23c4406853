// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/event_weight_decoder.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"
#include "hw/base/zero_mask.hpp"

namespace lacuna {

namespace {

/// Places of the words that are not zero, ascending, and one behind the last word.
std::vector<std::int64_t> non_zero_places(Span<const StoredWord> words) {
  std::vector<std::int64_t> places;
  const std::vector<std::uint64_t> mask = non_zero_mask(words);
  for (std::size_t chunk = 0; chunk < mask.size(); ++chunk) {
    for (std::uint64_t bits = mask[chunk]; bits != 0; bits &= bits - 1) {
      places.push_back(static_cast<std::int64_t>(chunk) * 64 + __builtin_ctzll(bits));
    }
  }
  places.push_back(static_cast<std::int64_t>(words.size()));
  return places;
}

/// The decoder, an edge at a time, without words.
class Decoding {
 public:
  Decoding(const WeightDecoderParameters& parameters, Span<const std::int64_t> known, Span<const StoredWord> values)
      : parameters_(parameters),
        known_by_row_(known),
        values_(static_cast<std::int64_t>(values.size())),
        places_(non_zero_places(values)) {}

  /// One edge with room for so many weights.
  void make_weights(std::int64_t room) {
    std::int64_t rows = parameters_.rows_per_cycle;
    std::int64_t codes = parameters_.codes_per_cycle;
    std::int64_t left = std::min({parameters_.values_per_cycle, room, values_ - made_});
    while (left > 0) {
      if (made_ == known_) {
        if (rows-- == 0) return;
        known_ = known_by_row_[static_cast<std::size_t>(row_++)];
        continue;
      }
      const std::int64_t zeros = std::min({places_[code_] - made_, known_ - made_, left});
      made_ += zeros;
      left -= zeros;
      if (left == 0 || made_ == known_) continue;
      if (codes-- == 0) return;
      ++code_;
      ++made_;
      --left;
    }
  }
  std::int64_t made() const { return made_; }
  /// Grows with everything that it does.
  std::int64_t progress() const { return made_ + row_; }
  WeightMemoryCounts counts() const { return {0, row_, static_cast<std::int64_t>(code_), made_}; }

 private:
  const WeightDecoderParameters parameters_;
  const Span<const std::int64_t> known_by_row_;
  const std::int64_t values_;
  const std::vector<std::int64_t> places_;
  std::int64_t made_ = 0;
  std::int64_t known_ = 0;  ///< values in the rows read so far
  std::int64_t row_ = 0;
  std::size_t code_ = 0;  ///< of places_, the next
};

/// A number as it was some edges ago, 0 before the first.
class Past {
 public:
  explicit Past(std::int64_t edges) : ring_(static_cast<std::size_t>(edges), 0) {}
  /// Of the edge `edges` before the one at which `now` is.
  std::int64_t after(std::int64_t now) {
    if (ring_.empty()) return now;
    const std::int64_t then = ring_[at_];
    ring_[at_] = now;
    at_ = at_ + 1 == ring_.size() ? 0 : at_ + 1;
    return then;
  }

 private:
  std::vector<std::int64_t> ring_;
  std::size_t at_ = 0;
};

/// More edges than lie between two events of a decoder that goes on.
std::int64_t longest_pause(const WeightDecoderTiming& timing) {
  return timing.start_to_row + timing.made_to_taken + timing.parameters.latency_cycles + timing.taken_to_room + 1;
}

}  // namespace

void WeightDecoderTiming::describe(FieldVisitor& v) {
  v.integer(FieldInfo("decoder_rows_per_cycle", "rows of the memory read in a cycle").range(1, 64),
            parameters.rows_per_cycle);
  v.integer(FieldInfo("decoder_codes_per_cycle", "weights that are not zero in a cycle").range(1, 64),
            parameters.codes_per_cycle);
  v.integer(FieldInfo("decoder_values_per_cycle", "weights in a cycle").range(1, 64), parameters.values_per_cycle);
  v.integer(FieldInfo("decoder_fifo_values", "weights that wait").range(1, 65536), parameters.fifo_values);
  v.integer(FieldInfo("decoder_latency_cycles", "edges from row to FIFO").range(0, 64), parameters.latency_cycles);
  v.integer(FieldInfo("decoder_start_to_row", "edges from asking to the first row").range(0, 64), start_to_row);
  v.integer(FieldInfo("decoder_made_to_taken", "edges from FIFO to taking").range(0, 64), made_to_taken);
  v.integer(FieldInfo("decoder_taken_to_room", "edges from taking to room").range(1, 64), taken_to_room);
}

DecodedTile time_decoding(const WeightDecoderTiming& timing, Span<const std::int64_t> known,
                          Span<const StoredWord> values, Span<const std::int32_t> beats) {
  Decoding decoding(timing.parameters, known, values);
  Past visible(timing.made_to_taken + timing.parameters.latency_cycles);
  Past gone(timing.taken_to_room - 1);
  DecodedTile tile;
  tile.sent.reserve(beats.size());
  std::int64_t taken = 0;
  std::int64_t moved = 0;  // edge at which the decoder last did something
  std::int64_t progress = 0;
  for (std::int64_t edge = 0; tile.sent.size() < beats.size(); ++edge) {
    const std::int64_t freed = gone.after(taken);
    if (edge >= timing.start_to_row) decoding.make_weights(timing.parameters.fifo_values - (decoding.made() - freed));
    const std::int32_t wanted = beats[tile.sent.size()];
    const std::int64_t done = decoding.progress() + static_cast<std::int64_t>(tile.sent.size());
    if (done != progress) {
      progress = done;
      moved = edge;
    } else if (edge - moved > longest_pause(timing)) {
      fail_run("the weight decoder is deadlocked: " + std::to_string(timing.parameters.fifo_values) +
               " weights may wait, but a beat takes " + std::to_string(wanted));
    }
    if (visible.after(decoding.made()) - taken < wanted) continue;
    taken += wanted;
    tile.sent.push_back(edge);
  }
  tile.counts = decoding.counts();
  return tile;
}

const DecodedTile& EventWeightDecoder::read(const WeightDecoderTiming& timing, Span<const std::int32_t> beats) {
  const auto found = known_.find(tile_);
  DecodedTile& tile = known_[tile_];
  if (found == known_.end()) {
    const std::vector<StoredWord>& words = words_.at(tile_);
    tile = time_decoding(timing, format_.codec->values_by_word(format_.parameters, words), words, beats);
    words_.erase(tile_);
  }
  memory_.count(tile.counts);
  return tile;
}

}  // namespace lacuna
