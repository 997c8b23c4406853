// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <string>

#include "hw/base/error.hpp"
#include "hw/base/zero_mask.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/stream_codec.hpp"

namespace lacuna {
namespace {

std::int64_t words_for(std::int64_t bits, std::int64_t word_bits) { return (bits + word_bits - 1) / word_bits; }

/// Fields side by side in words of any width, across their borders, the first in the lowest bits.
class FieldPacker {
 public:
  explicit FieldPacker(std::int64_t word_bits) : word_bits_(word_bits) {}

  /// 1 <= bits <= word_bits.
  void put(std::uint64_t field, std::int64_t bits) {
    open_ |= field << filled_;
    filled_ += bits;
    if (filled_ < word_bits_) return;
    words_.push_back(open_ & low_mask(word_bits_));
    filled_ -= word_bits_;
    open_ = filled_ == 0 ? 0 : field >> (bits - filled_);
  }
  /// Completes the open word and gives all of them.
  const std::vector<std::uint64_t>& finish() {
    if (filled_ > 0) words_.push_back(open_);
    open_ = 0;
    filled_ = 0;
    return words_;
  }

 private:
  std::int64_t word_bits_;
  std::int64_t filled_ = 0;  // bits of the open word
  std::uint64_t open_ = 0;
  std::vector<std::uint64_t> words_;
};

/// Gives its words after finish(): the mask goes first, and its last bit is known with the last value.
class BitmaskEncoder final : public QueuedEncoder {
 public:
  explicit BitmaskEncoder(const CodecParameters& parameters)
      : parameters_(parameters), mask_(parameters.word_bits), values_(parameters.word_bits) {}
  void push(Word value) override {
    const std::uint64_t field = to_field(value, parameters_);
    mask_.put(static_cast<std::uint64_t>(value != 0), 1);
    if (value != 0) values_.put(field, parameters_.value_bits);
  }
  void finish() override {
    for (FieldPacker* part : {&mask_, &values_}) {
      const std::vector<std::uint64_t>& words = part->finish();
      words_.insert(words_.end(), words.begin(), words.end());
    }
  }

 private:
  CodecParameters parameters_;
  FieldPacker mask_;
  FieldPacker values_;
};

/// Takes the words of one stream apart, and refuses what no encoder gives.
class MaskedUnpacker {
 public:
  MaskedUnpacker(const CodecParameters& parameters, std::int64_t value_count)
      : parameters_(parameters), value_count_(value_count), mask_words_(words_for(value_count, parameters.word_bits)) {}

  /// Calls sink(0, value) for each value that is known with this word.
  template <class Sink>
  void push(std::uint64_t word, const Sink& sink) {
    if (static_cast<std::int64_t>(mask_.size()) < mask_words_) {
      take_mask(word);
      give_zeros(sink);
      return;
    }
    if (fields_to_come_ == 0) fail_run("corrupted bitmask stream: a word after the last value");
    take_values(word, sink);
  }
  std::int64_t to_decode() const { return value_count_ - given_; }
  /// All words have come.
  bool complete() const { return given_ == value_count_; }

 private:
  bool marked(std::int64_t value) const {
    return (mask_[static_cast<std::size_t>(value / parameters_.word_bits)] >> (value % parameters_.word_bits) & 1) != 0;
  }
  void take_mask(std::uint64_t word) {
    const std::int64_t marked_before = static_cast<std::int64_t>(mask_.size()) * parameters_.word_bits;
    const std::int64_t bits = std::min(parameters_.word_bits, value_count_ - marked_before);
    if ((word & ~low_mask(bits)) != 0) fail_run("corrupted bitmask stream: mask bits behind the last value");
    mask_.push_back(word);
    known_ = marked_before + bits;
    fields_to_come_ += __builtin_popcountll(word);
  }
  /// Those up to the next value that is stored.
  template <class Sink>
  void give_zeros(const Sink& sink) {
    for (; given_ < known_ && !marked(given_); ++given_) sink(std::int64_t{0}, Word{0});
  }
  template <class Sink>
  void take_values(std::uint64_t word, const Sink& sink) {
    std::int64_t bits = parameters_.word_bits;
    while (fields_to_come_ > 0 && carried_bits_ + bits >= parameters_.value_bits) {
      const std::int64_t taken = parameters_.value_bits - carried_bits_;
      const Word value = from_field(carried_ | word << carried_bits_, parameters_);
      if (value == 0) fail_run("corrupted bitmask stream: a stored value that is zero");
      word >>= taken;
      bits -= taken;
      carried_ = 0;
      carried_bits_ = 0;
      --fields_to_come_;
      sink(std::int64_t{0}, value);
      ++given_;
      give_zeros(sink);
    }
    if (fields_to_come_ == 0 && word != 0) {
      fail_run("corrupted bitmask stream: bits behind the last value that are not zero");
    }
    carried_ |= word << carried_bits_;
    carried_bits_ += bits;
  }

  CodecParameters parameters_;
  std::int64_t value_count_;
  std::int64_t mask_words_;
  std::vector<std::uint64_t> mask_;
  std::int64_t known_ = 0;           // values of which the mask has come
  std::int64_t fields_to_come_ = 0;  // stored values, as far as the mask has come
  std::int64_t given_ = 0;
  std::uint64_t carried_ = 0;  // the first bits of a value that ends in the next word
  std::int64_t carried_bits_ = 0;
};

/// A bit for every value, 1 where it is not zero, and behind them the values that are not zero, side by side across the
/// borders of words: n + k value_bits bits. Mask and values each begin with a word of their own and are filled up with
/// zeros: ceil(n / W) + ceil(k value_bits / W) words of W bits, of n values k not zero. (The format that the literature
/// compares others with: e.g. Y. N. Wu et al., Sparseloop, MICRO 2022, "bitmask".)
class Bitmask : public StreamCodec<BitmaskEncoder, MaskedUnpacker> {
 public:
  std::int64_t word_count(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    check(parameters);
    check_fit(values, parameters);
    const auto count = static_cast<std::int64_t>(values.size());
    const std::int64_t stored = count - count_zeros(values);
    return words_for(count, parameters.word_bits) + words_for(stored * parameters.value_bits, parameters.word_bits);
  }

 private:
  void check(const CodecParameters& parameters) const override {
    check_widths(parameters, "bitmask");
    if (parameters.value_bits > parameters.word_bits) {
      fail_input("codec bitmask: found values of " + std::to_string(parameters.value_bits) +
                 " bits; allowed up to the " + std::to_string(parameters.word_bits) + " bits of a word");
    }
  }
};

const Registration<Codec, Bitmask> registered{"bitmask"};

}  // namespace
}  // namespace lacuna
