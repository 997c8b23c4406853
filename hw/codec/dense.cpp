// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/stream_codec.hpp"

namespace lacuna {
namespace {

class DenseEncoder final : public QueuedEncoder {
 public:
  explicit DenseEncoder(const CodecParameters& parameters)
      : parameters_(parameters), per_word_(parameters.word_bits / parameters.value_bits) {}
  void push(Word value) override {
    open_word_ |= to_field(value, parameters_) << (filled_ * parameters_.value_bits);
    if (++filled_ == per_word_) close_word();
  }
  void finish() override {
    if (filled_ > 0) close_word();
  }

 private:
  void close_word() {
    words_.push_back(open_word_);
    open_word_ = 0;
    filled_ = 0;
  }

  CodecParameters parameters_;
  std::int64_t per_word_;
  std::int64_t filled_ = 0;  // values in the open word
  std::uint64_t open_word_ = 0;
};

/// Takes the words of one stream apart, and refuses bits that no encoder sets.
class WordUnpacker {
 public:
  WordUnpacker(const CodecParameters& parameters, std::int64_t value_count)
      : parameters_(parameters), per_word_(parameters.word_bits / parameters.value_bits), to_decode_(value_count) {}

  /// Calls sink(0, value) for each value of the word: no zeros are left out.
  template <class Sink>
  void push(std::uint64_t word, const Sink& sink) {
    if (to_decode_ == 0) fail_run("corrupted dense stream: a word after the last value");
    for (std::int64_t slot = 0; slot < per_word_ && to_decode_ > 0; ++slot, --to_decode_) {
      sink(std::int64_t{0}, from_field(word, parameters_));
      word >>= parameters_.value_bits;
    }
    if (word != 0) fail_run("corrupted dense stream: bits behind the values of a word that are not zero");
  }
  bool complete() const { return to_decode_ == 0; }
  std::int64_t to_decode() const { return to_decode_; }

 private:
  CodecParameters parameters_;
  std::int64_t per_word_;
  std::int64_t to_decode_;
};

/// No compression: floor(word_bits / value_bits) values per word, the first in the lowest bits; bits left over and the
/// unused slots of the last word are zero.
class Dense : public StreamCodec<DenseEncoder, WordUnpacker> {
 public:
  std::vector<std::uint64_t> encode(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    const auto count = static_cast<std::int64_t>(values.size());
    std::vector<std::uint64_t> words(static_cast<std::size_t>(*fixed_words(parameters, count)), 0);
    const std::int64_t per_word = parameters.word_bits / parameters.value_bits;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::uint64_t field = to_field(values[static_cast<std::size_t>(i)], parameters);
      words[static_cast<std::size_t>(i / per_word)] |= field << (i % per_word * parameters.value_bits);
    }
    return words;
  }
  std::int64_t word_count(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    const std::int64_t words = *fixed_words(parameters, static_cast<std::int64_t>(values.size()));
    check_fit(values, parameters);
    return words;
  }
  std::optional<std::int64_t> fixed_words(const CodecParameters& parameters, std::int64_t value_count) const override {
    check(parameters);
    const std::int64_t per_word = parameters.word_bits / parameters.value_bits;
    return (value_count + per_word - 1) / per_word;
  }

 private:
  void check(const CodecParameters& parameters) const override {
    check_widths(parameters, "dense");
    if (parameters.value_bits > parameters.word_bits) {
      fail_input("codec dense: found values of " + std::to_string(parameters.value_bits) + " bits; allowed up to the " +
                 std::to_string(parameters.word_bits) + " bits of a word");
    }
  }
};

const Registration<Codec, Dense> registered{"dense"};

}  // namespace
}  // namespace lacuna
