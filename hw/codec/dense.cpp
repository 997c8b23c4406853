// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {
namespace {

class DenseEncoder final : public StreamEncoder {
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
  bool has_word() const override { return !words_.empty(); }
  std::uint64_t take_word() override {
    const std::uint64_t word = words_.front();
    words_.pop_front();
    return word;
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
  std::deque<std::uint64_t> words_;
};

/// Takes the words of one stream apart, and refuses bits that no encoder sets.
class WordUnpacker {
 public:
  WordUnpacker(const CodecParameters& parameters, std::int64_t value_count)
      : parameters_(parameters), per_word_(parameters.word_bits / parameters.value_bits), to_decode_(value_count) {}

  /// Calls sink(value) for each value of the word.
  template <class Sink>
  void push(std::uint64_t word, const Sink& sink) {
    if (to_decode_ == 0) fail_run("corrupted dense stream: a word after the last value");
    for (std::int64_t slot = 0; slot < per_word_ && to_decode_ > 0; ++slot, --to_decode_) {
      sink(from_field(word, parameters_));
      word >>= parameters_.value_bits;
    }
    if (word != 0) fail_run("corrupted dense stream: bits behind the values of a word that are not zero");
  }
  std::int64_t to_decode() const { return to_decode_; }

 private:
  CodecParameters parameters_;
  std::int64_t per_word_;
  std::int64_t to_decode_;
};

class DenseDecoder final : public StreamDecoder {
 public:
  DenseDecoder(const CodecParameters& parameters, std::int64_t value_count) : unpacker_(parameters, value_count) {}
  void push(std::uint64_t word) override {
    unpacker_.push(word, [this](Word value) { values_.push_back(value); });
  }
  bool has_value() const override { return !values_.empty(); }
  Word take_value() override {
    const Word value = values_.front();
    values_.pop_front();
    return value;
  }
  bool complete() const override { return unpacker_.to_decode() == 0 && values_.empty(); }

 private:
  WordUnpacker unpacker_;
  std::deque<Word> values_;
};

/// No compression: floor(word_bits / value_bits) values per word, the first in the lowest bits; bits left over and the
/// unused slots of the last word are zero.
class Dense : public Codec {
 public:
  std::unique_ptr<StreamEncoder> encoder(const CodecParameters& parameters) const override {
    check(parameters);
    return std::make_unique<DenseEncoder>(parameters);
  }
  std::unique_ptr<StreamDecoder> decoder(const CodecParameters& parameters, std::int64_t value_count) const override {
    check(parameters);
    return std::make_unique<DenseDecoder>(parameters, value_count);
  }
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
  std::vector<StoredWord> decode(const CodecParameters& parameters, Span<const std::uint64_t> words,
                                 std::int64_t value_count) const override {
    check(parameters);
    WordUnpacker unpacker(parameters, value_count);
    std::vector<StoredWord> values;
    values.reserve(static_cast<std::size_t>(value_count));
    for (const std::uint64_t word : words) {
      unpacker.push(word, [&values](Word value) { values.push_back(static_cast<StoredWord>(value)); });
    }
    if (unpacker.to_decode() > 0) fail_short_stream(value_count - unpacker.to_decode(), value_count);
    return values;
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
  static void check(const CodecParameters& parameters) {
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
