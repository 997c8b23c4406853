// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/registry.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Widths of a compressed stream.
struct CodecParameters {
  std::int64_t value_bits = 16;  ///< width of one value
  std::int64_t run_bits = 5;     ///< width of a zero-run field, where the format has one
  std::int64_t word_bits = 64;   ///< width of one word of the stream (that of the DRAM link), 8 to 64
  bool signed_values = true;     ///< two's complement values; false for codes of a codebook, which are not negative
};

/// Turns values into stream words, one stream from construction to finish().
class StreamEncoder {
 public:
  virtual ~StreamEncoder() = default;
  virtual void push(Word value) = 0;
  /// No more values: the last word is completed (and flagged, where the format flags it).
  virtual void finish() = 0;
  /// Whether a finished word can be taken. A word that may still be the last one counts as finished only after
  /// finish().
  virtual bool has_word() const = 0;
  virtual std::uint64_t take_word() = 0;
};

/// Turns the words of one stream back into exactly the number of values announced at construction.
class StreamDecoder {
 public:
  virtual ~StreamDecoder() = default;
  /// Takes the next word. Throws Error (run_failed) on a corrupted stream: an unused field that is not zero, a run past
  /// the announced end, a word after the last one.
  virtual void push(std::uint64_t word) = 0;
  virtual bool has_value() const = 0;
  virtual Word take_value() = 0;
  /// All announced values were taken, and (where the format flags its last word) the flag was seen.
  virtual bool complete() const = 0;
};

/// Throws Error (run_failed): a stream that ends early.
[[noreturn]] void fail_short_stream(std::int64_t decoded, std::int64_t wanted);

/// A compression format: a plug-in, one file in hw/codec, `Registration<Codec, ...>`. All functions throw Error
/// (bad_input) when the widths do not fit the format.
class Codec {
 public:
  virtual ~Codec() = default;
  virtual std::unique_ptr<StreamEncoder> encoder(const CodecParameters& parameters) const = 0;
  virtual std::unique_ptr<StreamDecoder> decoder(const CodecParameters& parameters, std::int64_t value_count) const = 0;

  /// The whole stream of `values`: the words that the encoder gives.
  virtual std::vector<std::uint64_t> encode(const CodecParameters& parameters, Span<const StoredWord> values) const;
  /// The `value_count` values of a whole stream, as the decoder gives them. Throws Error (run_failed) where the decoder
  /// does, and on a stream that ends early.
  virtual std::vector<StoredWord> decode(const CodecParameters& parameters, Span<const std::uint64_t> words,
                                         std::int64_t value_count) const;
  /// Words of the whole stream of `values`: as many as encode() gives, and it throws where that does.
  virtual std::int64_t word_count(const CodecParameters& parameters, Span<const StoredWord> values) const;
  /// For each word of the stream of `values`, how many of them are known once it has come: ascending, the last is all.
  virtual std::vector<std::int64_t> values_by_word(const CodecParameters& parameters,
                                                   Span<const StoredWord> values) const;
  /// Words of a stream of `value_count` values where that does not depend on the values.
  virtual std::optional<std::int64_t> fixed_words(const CodecParameters& parameters, std::int64_t value_count) const;
};

/// A codec and its widths: the format of a stream.
struct StreamFormat {
  const Codec* codec = nullptr;
  CodecParameters parameters;
};

}  // namespace lacuna
