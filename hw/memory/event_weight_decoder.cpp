// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/event_weight_decoder.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The decoder, an edge at a time, without words.
class Decoding {
 public:
  Decoding(const WeightDecoderParameters& parameters, const TileStream& stream)
      : parameters_(parameters), stream_(stream) {
    find_place();
  }

  /// One edge with room for so many weights.
  void make_weights(std::int64_t room) {
    std::int64_t rows = parameters_.rows_per_cycle;
    std::int64_t codes = parameters_.codes_per_cycle;
    std::int64_t left = std::min({parameters_.values_per_cycle, room, stream_.values - made_});
    while (left > 0) {
      if (made_ == known_) {
        if (rows-- == 0) return;
        known_ = stream_.known[static_cast<std::size_t>(row_++)];
        continue;
      }
      const std::int64_t zeros = std::min({place_ - made_, known_ - made_, left});
      made_ += zeros;
      left -= zeros;
      if (left == 0 || made_ == known_) continue;
      if (codes-- == 0) return;
      ++codes_;
      ++made_;
      find_place();
      --left;
    }
  }
  std::int64_t made() const { return made_; }
  /// Grows with everything that it does.
  std::int64_t progress() const { return made_ + row_; }
  WeightMemoryCounts counts() const { return {0, row_, codes_, made_}; }

 private:
  /// The next weight that is not zero.
  void find_place() {
    while (bits_ == 0) {
      if (chunk_ == stream_.non_zero.size()) {
        place_ = stream_.values;
        return;
      }
      bits_ = stream_.non_zero[chunk_++];
    }
    place_ = static_cast<std::int64_t>(chunk_ - 1) * 64 + __builtin_ctzll(bits_);
    bits_ &= bits_ - 1;
  }

  const WeightDecoderParameters parameters_;
  const TileStream& stream_;
  std::size_t chunk_ = 0;   ///< of the mask, the next
  std::uint64_t bits_ = 0;  ///< what is left of the chunk before
  std::int64_t place_ = 0;  ///< of the next weight that is not zero, or all values
  std::int64_t made_ = 0;
  std::int64_t known_ = 0;  ///< values in the rows read so far
  std::int64_t row_ = 0;
  std::int64_t codes_ = 0;
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

/// The decoder with its FIFO and who takes from it, an edge at a time.
class DecoderEdges {
 public:
  DecoderEdges(const WeightDecoderTiming& timing, const TileStream& stream)
      : timing_(timing),
        decoding_(timing.parameters, stream),
        visible_(timing.made_to_taken + timing.parameters.latency_cycles),
        gone_(timing.taken_to_room - 1) {}

  /// Weights that may be taken at an edge; to be asked for each edge, from 0 on.
  std::int64_t available(std::int64_t edge) {
    const std::int64_t freed = gone_.after(taken_);
    if (edge >= timing_.start_to_row) {
      decoding_.make_weights(timing_.parameters.fifo_values - (decoding_.made() - freed));
    }
    return visible_.after(decoding_.made()) - taken_;
  }
  void take(std::int64_t weights) { taken_ += weights; }
  std::int64_t taken() const { return taken_; }
  const Decoding& decoding() const { return decoding_; }

 private:
  const WeightDecoderTiming& timing_;
  Decoding decoding_;
  Past visible_;
  Past gone_;
  std::int64_t taken_ = 0;
};

/// More edges than lie between two events of a decoder that goes on.
std::int64_t longest_pause(const WeightDecoderTiming& timing) {
  return timing.start_to_row + timing.made_to_taken + timing.parameters.latency_cycles + timing.taken_to_room + 1;
}

/// Whatever has come is taken at every edge, so that a decoder never stands still.
DecodedTile time_whole(const WeightDecoderTiming& timing, const TileStream& stream) {
  DecoderEdges edges(timing, stream);
  std::int64_t edge = 0;
  for (; edges.taken() < stream.values; ++edge) edges.take(edges.available(edge));
  return {{edge - 1}, edges.decoding().counts()};
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

std::string WeightDecoderTiming::key() const {
  std::string text;
  for (const std::int64_t number :
       {parameters.rows_per_cycle, parameters.codes_per_cycle, parameters.values_per_cycle, parameters.fifo_values,
        parameters.latency_cycles, start_to_row, made_to_taken, taken_to_room}) {
    text += std::to_string(number) + ' ';
  }
  return text;
}

DecodedTile time_decoding(const WeightDecoderTiming& timing, const TileStream& stream, const WeightBeats& beats) {
  if (beats.words.empty()) return time_whole(timing, stream);
  DecoderEdges edges(timing, stream);
  DecodedTile tile;
  std::int64_t moved = 0;  // edge at which the decoder last did something
  std::int64_t progress = 0;
  std::size_t beat = 0;
  for (std::int64_t edge = 0; beat < beats.words.size(); ++edge) {
    const std::int64_t available = edges.available(edge);
    const std::int32_t wanted = beats.words[beat];
    const std::int64_t done = edges.decoding().progress() + static_cast<std::int64_t>(beat);
    if (done != progress) {
      progress = done;
      moved = edge;
    } else if (edge - moved > longest_pause(timing)) {
      fail_run("the weight decoder is deadlocked: " + std::to_string(timing.parameters.fifo_values) +
               " weights may wait, but a beat takes " + std::to_string(wanted));
    }
    if (available < wanted) continue;
    edges.take(wanted);
    ++beat;
    if (beat % static_cast<std::size_t>(beats.asked) == 0 || beat == beats.words.size()) tile.sent.push_back(edge);
  }
  tile.counts = edges.decoding().counts();
  return tile;
}

void EventWeightDecoder::take_tile(const StreamFormat& format, Span<const StoredWord> words) {
  moved_.emplace(format, words);
}

const DecodedTile& EventWeightDecoder::read(const WeightDecoderTiming& timing, const std::string& reader,
                                            const WeightBeats& beats) {
  const DecodedTile* read = &decoded_;
  if (moved_) {
    decoded_ = time_decoding(timing, *moved_, beats);
  } else {
    if (known_ == nullptr || reader != reader_) {
      reader_ = reader;
      known_ = &streams_->decoded[timing.key() + reader];
      known_->resize(streams_->tiles.size());
    }
    const auto tile = static_cast<std::size_t>(memory_.tile());
    std::optional<DecodedTile>& known = (*known_)[tile];
    if (!known) known = time_decoding(timing, streams_->tiles[tile], beats);
    read = &*known;
  }
  memory_.count(read->counts);
  return *read;
}

}  // namespace lacuna
