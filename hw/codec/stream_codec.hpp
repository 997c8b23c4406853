// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "hw/codec/codec.hpp"

namespace lacuna {

// What all codecs of streams share. An Unpacker takes the words of one stream apart and refuses what no encoder gives:
//   Unpacker(const CodecParameters&, std::int64_t value_count)
//   push(word, sink)   calls sink(zeros, value) for each value that is known now, with the zeros before it
//   complete()         the stream has come whole
//   to_decode()        values to come

/// An encoder that keeps the words it has made, for whoever takes them one by one.
class QueuedEncoder : public StreamEncoder {
 public:
  bool has_word() const final { return !words_.empty(); }
  std::uint64_t take_word() final {
    const std::uint64_t word = words_.front();
    words_.pop_front();
    return word;
  }

 protected:
  std::deque<std::uint64_t> words_;
};

/// Gives the values of an unpacker one by one.
template <class Unpacker>
class UnpackedDecoder final : public StreamDecoder {
 public:
  UnpackedDecoder(const CodecParameters& parameters, std::int64_t value_count) : unpacker_(parameters, value_count) {}
  void push(std::uint64_t word) override {
    unpacker_.push(word, [this](std::int64_t zeros, Word value) { runs_.push_back({zeros, value}); });
  }
  bool has_value() const override { return !runs_.empty(); }
  Word take_value() override {
    Run& run = runs_.front();
    if (run.zeros > 0) {
      --run.zeros;
      return 0;
    }
    const Word value = run.value;
    runs_.pop_front();
    return value;
  }
  bool complete() const override { return unpacker_.complete() && runs_.empty(); }

 private:
  struct Run {
    std::int64_t zeros;
    Word value;
  };

  Unpacker unpacker_;
  std::deque<Run> runs_;
};

/// A codec by its encoder and its unpacker.
template <class Encoder, class Unpacker>
class StreamCodec : public Codec {
 public:
  std::unique_ptr<StreamEncoder> encoder(const CodecParameters& parameters) const final {
    check(parameters);
    return std::make_unique<Encoder>(parameters);
  }
  std::unique_ptr<StreamDecoder> decoder(const CodecParameters& parameters, std::int64_t value_count) const final {
    check(parameters);
    return std::make_unique<UnpackedDecoder<Unpacker>>(parameters, value_count);
  }
  std::vector<StoredWord> decode(const CodecParameters& parameters, Span<const std::uint64_t> words,
                                 std::int64_t value_count) const final {
    check(parameters);
    Unpacker unpacker(parameters, value_count);
    std::vector<StoredWord> values(static_cast<std::size_t>(value_count), 0);
    StoredWord* to = values.data();
    for (const std::uint64_t word : words) {
      unpacker.push(word, [&to](std::int64_t zeros, Word value) {
        to += zeros;
        *to++ = static_cast<StoredWord>(value);
      });
    }
    if (!unpacker.complete()) fail_short_stream(value_count - unpacker.to_decode(), value_count);
    return values;
  }

 protected:
  /// Throws Error (bad_input) when the widths do not fit the format.
  virtual void check(const CodecParameters& parameters) const = 0;
};

}  // namespace lacuna
