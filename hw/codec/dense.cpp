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

class DenseDecoder final : public StreamDecoder {
 public:
  DenseDecoder(const CodecParameters& parameters, std::int64_t value_count)
      : parameters_(parameters), per_word_(parameters.word_bits / parameters.value_bits), to_decode_(value_count) {}
  void push(std::uint64_t word) override {
    if (to_decode_ == 0) fail_run("corrupted dense stream: a word after the last value");
    for (std::int64_t slot = 0; slot < per_word_ && to_decode_ > 0; ++slot, --to_decode_) {
      values_.push_back(from_field(word, parameters_));
      // In two steps: a value may be as wide as the word, and a shift by 64 is undefined.
      word = (word >> (parameters_.value_bits - 1)) >> 1;
    }
    if (word != 0) fail_run("corrupted dense stream: bits behind the values of a word that are not zero");
  }
  bool has_value() const override { return !values_.empty(); }
  Word take_value() override {
    const Word value = values_.front();
    values_.pop_front();
    return value;
  }
  bool complete() const override { return to_decode_ == 0 && values_.empty(); }

 private:
  CodecParameters parameters_;
  std::int64_t per_word_;
  std::int64_t to_decode_;
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
