// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <string>

#include "hw/base/error.hpp"
#include "hw/base/zero_mask.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/stream_codec.hpp"

namespace lacuna {
namespace {

/// Where the fields of a word stand: pair k has its run at k (run_bits + value_bits), its level above that; the top bit
/// of the word flags the last one.
struct Layout {
  CodecParameters parameters;
  std::int64_t pair_bits;
  std::int64_t pairs_per_word;
  std::int64_t longest_run;
  std::uint64_t last_flag;

  explicit Layout(const CodecParameters& p)
      : parameters(p),
        pair_bits(p.run_bits + p.value_bits),
        pairs_per_word((p.word_bits - 1) / pair_bits),
        longest_run((std::int64_t{1} << p.run_bits) - 1),
        last_flag(std::uint64_t{1} << (p.word_bits - 1)) {}
};

/// Packs pairs into words of a container of them.
template <class Words>
class PairPacker {
 public:
  PairPacker(const Layout& layout, Words& words) : layout_(layout), words_(words) {}

  /// To be called when another value is known to come: a full word is then not the last one.
  void go_on() {
    if (pairs_ == layout_.pairs_per_word) close_word();
  }
  void put_pair(std::int64_t run, Word level) {
    const std::uint64_t pair = static_cast<std::uint64_t>(run) | to_field(level, layout_.parameters)
                                                                     << layout_.parameters.run_bits;
    open_word_ |= pair << (pairs_ * layout_.pair_bits);
    ++pairs_;
  }
  /// The last `run` values were zeros.
  void finish(std::int64_t run) {
    if (run > 0) put_pair(run - 1, 0);
    if (pairs_ == 0) return;
    open_word_ |= layout_.last_flag;
    close_word();
  }

 private:
  void close_word() {
    words_.push_back(open_word_);
    open_word_ = 0;
    pairs_ = 0;
  }

  const Layout& layout_;
  Words& words_;
  std::int64_t pairs_ = 0;  // in the open word
  std::uint64_t open_word_ = 0;
};

class RunLengthEncoder final : public QueuedEncoder {
 public:
  explicit RunLengthEncoder(const CodecParameters& parameters) : layout_(parameters) {}
  void push(Word value) override {
    packer_.go_on();
    if (value != 0) {
      packer_.put_pair(run_, value);
      run_ = 0;
    } else if (++run_ > layout_.longest_run) {
      packer_.put_pair(layout_.longest_run, 0);
      run_ = 0;
    }
  }
  void finish() override {
    packer_.finish(run_);
    run_ = 0;
  }

 private:
  Layout layout_;
  std::int64_t run_ = 0;  // zeros since the last pair
  PairPacker<std::deque<std::uint64_t>> packer_{layout_, words_};
};

/// The stream of values at once, from one non-zero value to the next.
std::vector<std::uint64_t> encode_all(const Layout& layout, Span<const StoredWord> values) {
  std::vector<std::uint64_t> words;
  PairPacker<std::vector<std::uint64_t>> packer(layout, words);
  std::int64_t next = 0;  // the first value that no pair holds yet
  const auto put_zeros = [&](std::int64_t end) {
    for (; end - next > layout.longest_run; next += layout.longest_run + 1) {
      packer.go_on();
      packer.put_pair(layout.longest_run, 0);
    }
  };
  const std::vector<std::uint64_t> mask = non_zero_mask(values);
  for (std::size_t chunk = 0; chunk < mask.size(); ++chunk) {
    for (std::uint64_t bits = mask[chunk]; bits != 0; bits &= bits - 1) {
      const std::int64_t index = static_cast<std::int64_t>(chunk) * 64 + __builtin_ctzll(bits);
      put_zeros(index);
      packer.go_on();
      packer.put_pair(index - next, values[static_cast<std::size_t>(index)]);
      next = index + 1;
    }
  }
  const auto end = static_cast<std::int64_t>(values.size());
  put_zeros(end);
  if (next < end) packer.go_on();
  packer.finish(end - next);
  return words;
}

/// Whether 2^run_bits bits in a row are 0.
bool has_long_run(std::uint64_t mask, std::int64_t run_bits) {
  if (run_bits > 5) return mask == 0;
  std::uint64_t zeros = ~mask;
  for (std::int64_t step = 0; step < run_bits; ++step) zeros &= zeros >> (1 << step);
  return zeros != 0;
}

/// Pairs of the stream of values. Each value that is not zero ends one, and so do the last of 2^run_bits zeros in a row
/// and the last value.
std::int64_t count_pairs(const Layout& layout, Span<const StoredWord> values) {
  const std::int64_t run_bits = layout.parameters.run_bits;
  std::int64_t pairs = 0;
  std::int64_t next = 0;  // the first value that no pair holds yet
  const std::vector<std::uint64_t> mask = non_zero_mask(values);
  for (std::size_t chunk = 0; chunk < mask.size(); ++chunk) {
    std::uint64_t bits = mask[chunk];
    if (bits == 0) continue;
    const std::int64_t first = static_cast<std::int64_t>(chunk) * 64;
    if (!has_long_run(bits, run_bits)) {  // but for the run before its first level, which began in chunks before
      pairs += __builtin_popcountll(bits) + ((first + __builtin_ctzll(bits) - next) >> run_bits);
      next = first + 64 - __builtin_clzll(bits);
      continue;
    }
    for (; bits != 0; bits &= bits - 1) {
      const std::int64_t index = first + __builtin_ctzll(bits);
      pairs += 1 + ((index - next) >> run_bits);
      next = index + 1;
    }
  }
  const std::int64_t last_zeros = static_cast<std::int64_t>(values.size()) - next;
  return pairs + ((last_zeros + layout.longest_run) >> run_bits);
}

/// Takes the words of one stream apart into pairs, and refuses what no encoder gives.
class PairUnpacker {
 public:
  PairUnpacker(const CodecParameters& parameters, std::int64_t value_count)
      : layout_(parameters), to_decode_(value_count) {}

  /// Calls sink(zeros, level) for each pair of the word: a level and the zeros before it. A level of zero is one more
  /// zero.
  template <class Sink>
  void push(std::uint64_t word, const Sink& sink) {
    if (to_decode_ == 0) fail_run("corrupted run-length stream: a word after the last one");
    const bool last = (word & layout_.last_flag) != 0;
    word &= ~layout_.last_flag;
    for (std::int64_t pair = 0; pair < layout_.pairs_per_word && to_decode_ > 0; ++pair) {
      take_pair(word, sink);
      word >>= layout_.pair_bits;
    }
    if (word != 0) fail_run("corrupted run-length stream: bits behind the pairs of a word that are not zero");
    if (last != (to_decode_ == 0)) fail_flag(last);
  }
  bool complete() const { return to_decode_ == 0; }
  std::int64_t to_decode() const { return to_decode_; }

 private:
  template <class Sink>
  void take_pair(std::uint64_t bits, const Sink& sink) {
    const auto run = static_cast<std::int64_t>(bits & low_mask(layout_.parameters.run_bits));
    if (run + 1 > to_decode_) fail_pair("a run of " + std::to_string(run) + " zeros");
    const Word level = from_field(bits >> layout_.parameters.run_bits, layout_.parameters);
    to_decode_ -= run + 1;
    if (level == 0 && run < layout_.longest_run && to_decode_ > 0) {
      fail_pair("a level of zero behind a run of " + std::to_string(run));
    }
    sink(run, level);
  }
  [[noreturn]] void fail_pair(const std::string& what) const {
    fail_run("corrupted run-length stream: " + what + " with " + std::to_string(to_decode_) + " values to come");
  }
  [[noreturn]] void fail_flag(bool last) const {
    fail_run(last ? "corrupted run-length stream: flagged as the last word with " + std::to_string(to_decode_) +
                        " values to come"
                  : std::string("corrupted run-length stream: the word with the last value is not flagged"));
  }

  Layout layout_;
  std::int64_t to_decode_;
};

/// Eyeriss's compression of feature maps (Chen et al., IEEE JSSC 52(1), 2017): pairs of a zero run and the
/// level behind it. A run longer than the field holds is a pair of the longest run and level 0, which is one zero more
/// than the run (31 and 0: 32 zeros); trailing zeros end in a pair of level 0. Unused pairs of the last word are zero.
/// Every list of values has exactly one stream; the decoder refuses all others.
class RunLength : public StreamCodec<RunLengthEncoder, PairUnpacker> {
 public:
  std::vector<std::uint64_t> encode(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    check(parameters);
    return encode_all(Layout(parameters), values);
  }
  std::int64_t word_count(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    check(parameters);
    check_fit(values, parameters);
    const Layout layout(parameters);
    return (count_pairs(layout, values) + layout.pairs_per_word - 1) / layout.pairs_per_word;
  }

 private:
  void check(const CodecParameters& parameters) const override {
    check_widths(parameters, "run_length");
    if (parameters.run_bits < 1 || parameters.run_bits > 16)
      fail_input("codec run_length: found runs of " + std::to_string(parameters.run_bits) + " bits; allowed 1 to 16");
    if (parameters.run_bits + parameters.value_bits > parameters.word_bits - 1) {
      fail_input("codec run_length: found pairs of " + std::to_string(parameters.run_bits + parameters.value_bits) +
                 " bits; allowed up to " + std::to_string(parameters.word_bits - 1) + ", a word without its flag");
    }
  }
};

const Registration<Codec, RunLength> registered{"run_length"};

}  // namespace
}  // namespace lacuna
