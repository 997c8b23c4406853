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

constexpr std::int64_t kCountBits = 16;
constexpr std::int64_t kFullBlock = (std::int64_t{1} << kCountBits) - 1;

/// Where the fields of a block stand: the count of its entries, in words of its own, then the entries, each its run in
/// the lowest bits and its value above.
struct Layout {
  CodecParameters parameters;
  std::int64_t entry_bits;
  std::int64_t entries_per_word;
  std::int64_t longest_run;
  std::int64_t count_words;

  explicit Layout(const CodecParameters& p)
      : parameters(p),
        entry_bits(p.run_bits + p.value_bits),
        entries_per_word(p.word_bits / entry_bits),
        longest_run((std::int64_t{1} << p.run_bits) - 1),
        count_words((kCountBits + p.word_bits - 1) / p.word_bits) {}

  /// Words of a block.
  std::int64_t words(std::int64_t entries) const {
    return count_words + (entries + entries_per_word - 1) / entries_per_word;
  }
};

class ZeroRunEncoder final : public QueuedEncoder {
 public:
  explicit ZeroRunEncoder(const CodecParameters& parameters) : layout_(parameters) {}
  void push(Word value) override {
    any_value_ = true;
    if (value == 0) {
      ++run_;
      return;
    }
    for (; run_ > layout_.longest_run; run_ -= layout_.longest_run + 1) put_entry(layout_.longest_run, 0);
    put_entry(run_, value);
    run_ = 0;
  }
  void finish() override {
    if (any_value_) close_block();
    any_value_ = false;
    run_ = 0;
  }

 private:
  void put_entry(std::int64_t run, Word value) {
    const std::uint64_t field = to_field(value, layout_.parameters) << layout_.parameters.run_bits;
    entries_.push_back(field | static_cast<std::uint64_t>(run));
    if (static_cast<std::int64_t>(entries_.size()) == kFullBlock) close_block();
  }
  void close_block() {
    auto count = static_cast<std::uint64_t>(entries_.size());
    for (std::int64_t word = 0; word < layout_.count_words; ++word) {
      words_.push_back(count & low_mask(layout_.parameters.word_bits));
      count >>= std::min(layout_.parameters.word_bits, kCountBits);
    }
    const auto per_word = static_cast<std::size_t>(layout_.entries_per_word);
    for (std::size_t first = 0; first < entries_.size(); first += per_word) {
      std::uint64_t word = 0;
      for (std::size_t i = first; i < std::min(first + per_word, entries_.size()); ++i) {
        word |= entries_[i] << (static_cast<std::int64_t>(i - first) * layout_.entry_bits);
      }
      words_.push_back(word);
    }
    entries_.clear();
  }

  Layout layout_;
  bool any_value_ = false;
  std::int64_t run_ = 0;                // zeros since the last entry
  std::vector<std::uint64_t> entries_;  // of the open block, whose count goes first
};

/// Calls sink(fillers, end) for each value that is not zero: how many entries of 2^run_bits zeros come before its own,
/// and the values that lie before its entry's end.
template <class Sink>
void for_each_value(const Layout& layout, Span<const StoredWord> values, const Sink& sink) {
  std::int64_t next = 0;  // the first value that no entry holds yet
  const std::vector<std::uint64_t> mask = non_zero_mask(values);
  for (std::size_t chunk = 0; chunk < mask.size(); ++chunk) {
    for (std::uint64_t bits = mask[chunk]; bits != 0; bits &= bits - 1) {
      const std::int64_t index = static_cast<std::int64_t>(chunk) * 64 + __builtin_ctzll(bits);
      sink((index - next) >> layout.parameters.run_bits, index + 1);
      next = index + 1;
    }
  }
}

/// Entries of the stream of values.
std::int64_t count_entries(const Layout& layout, Span<const StoredWord> values) {
  std::int64_t entries = 0;
  for_each_value(layout, values, [&](std::int64_t fillers, std::int64_t) { entries += 1 + fillers; });
  return entries;
}

/// How many values are known after each word of a stream, entry by entry.
class KnownByWord {
 public:
  explicit KnownByWord(const Layout& layout) : layout_(layout) { begin_block(); }
  void put_entry(std::int64_t end) {
    end_ = end;
    if (++entries_ % layout_.entries_per_word == 0 || entries_ == kFullBlock) known_.push_back(end);
    if (entries_ == kFullBlock) begin_block();
  }
  std::vector<std::int64_t> finish(std::int64_t values) {
    if (entries_ % layout_.entries_per_word != 0) known_.push_back(end_);
    known_.back() = values;  // the last word says that the rest is zero
    return std::move(known_);
  }

 private:
  void begin_block() {
    entries_ = 0;
    known_.insert(known_.end(), static_cast<std::size_t>(layout_.count_words), end_);
  }

  const Layout& layout_;
  std::vector<std::int64_t> known_;
  std::int64_t entries_ = 0;  // of the block
  std::int64_t end_ = 0;
};

/// Takes the words of one stream apart into entries, and refuses what no encoder gives.
class EntryUnpacker {
 public:
  EntryUnpacker(const CodecParameters& parameters, std::int64_t value_count)
      : layout_(parameters),
        to_decode_(value_count),
        count_words_to_come_(value_count > 0 ? layout_.count_words : 0),
        ended_(value_count == 0) {}

  /// Calls sink(zeros, value) for each entry of the word: a value and the zeros before it. The zeros behind the last
  /// entry are one more, with a value of zero.
  template <class Sink>
  void push(std::uint64_t word, const Sink& sink) {
    if (ended_) fail_run("corrupted zero-run stream: a word after the last one");
    count_words_to_come_ > 0 ? take_count(word) : take_entries(word, sink);
    if (count_words_to_come_ > 0 || entries_ > 0) return;
    if (block_ == kFullBlock) {
      begin_block();
      return;
    }
    if (last_is_filler_) fail_run("corrupted zero-run stream: zeros behind the last value are stored");
    ended_ = true;
    if (to_decode_ > 0) sink(to_decode_ - 1, Word{0});
    to_decode_ = 0;
  }
  /// The last block has come whole.
  bool complete() const { return ended_; }
  std::int64_t to_decode() const { return to_decode_; }

 private:
  void begin_block() {
    count_words_to_come_ = layout_.count_words;
    block_ = 0;
  }
  void take_count(std::uint64_t word) {
    const std::int64_t shift = (layout_.count_words - count_words_to_come_) * layout_.parameters.word_bits;
    const std::int64_t bits = std::min(layout_.parameters.word_bits, kCountBits - shift);
    if ((word & ~low_mask(bits)) != 0) {
      fail_run("corrupted zero-run stream: bits behind the count of a block that are not zero");
    }
    block_ |= static_cast<std::int64_t>(word) << shift;
    if (--count_words_to_come_ > 0) return;
    entries_ = block_;
    if (entries_ > to_decode_) fail_entry("a block of " + std::to_string(entries_) + " entries");
  }
  template <class Sink>
  void take_entries(std::uint64_t word, const Sink& sink) {
    for (std::int64_t slot = 0; slot < layout_.entries_per_word && entries_ > 0; ++slot, --entries_) {
      take_entry(word, sink);
      word >>= layout_.entry_bits;
    }
    if (word != 0) fail_run("corrupted zero-run stream: bits behind the entries of a word that are not zero");
  }
  template <class Sink>
  void take_entry(std::uint64_t bits, const Sink& sink) {
    const auto run = static_cast<std::int64_t>(bits & low_mask(layout_.parameters.run_bits));
    if (run + 1 > to_decode_) fail_entry("a run of " + std::to_string(run) + " zeros");
    const Word value = from_field(bits >> layout_.parameters.run_bits, layout_.parameters);
    last_is_filler_ = value == 0;
    if (last_is_filler_ && run < layout_.longest_run) {
      fail_entry("a value of zero behind a run of " + std::to_string(run));
    }
    to_decode_ -= run + 1;
    sink(run, value);
  }
  [[noreturn]] void fail_entry(const std::string& what) const {
    fail_run("corrupted zero-run stream: " + what + " with " + std::to_string(to_decode_) + " values to come");
  }

  Layout layout_;
  std::int64_t to_decode_;
  std::int64_t count_words_to_come_;
  std::int64_t block_ = 0;    // entries of the block, as far as its count has come
  std::int64_t entries_ = 0;  // of them those to come
  bool last_is_filler_ = false;
  bool ended_;
};

/// SCNN's compression of weights and activations (A. Parashar et al., ISCA 2017): the values that are not zero, each
/// with the zeros before it. More than 2^run_bits - 1 zeros are an entry of the longest run and value 0, which stands
/// for 2^run_bits of them. Zeros behind the last value are not stored, so a block says how many entries it has, in 16
/// bits; a count of 65535 says that another block follows. The count has words of its own, entries stand side by side
/// within a word and never across a border (the paper gives neither): with E entries and L = floor(W / (run_bits +
/// value_bits)) in a word, ceil(16 / W) + ceil(E / L) words of W bits a block. Every list of values has exactly one
/// stream; the decoder refuses all others.
class ZeroRun : public StreamCodec<ZeroRunEncoder, EntryUnpacker> {
 public:
  std::int64_t word_count(const CodecParameters& parameters, Span<const StoredWord> values) const override {
    check(parameters);
    check_fit(values, parameters);
    if (values.empty()) return 0;
    const Layout layout(parameters);
    const std::int64_t entries = count_entries(layout, values);
    return entries / kFullBlock * layout.words(kFullBlock) + layout.words(entries % kFullBlock);
  }
  std::vector<std::int64_t> values_by_word(const CodecParameters& parameters,
                                           Span<const StoredWord> values) const override {
    check(parameters);
    if (values.empty()) return {};
    const Layout layout(parameters);
    KnownByWord known(layout);
    std::int64_t known_values = 0;
    for_each_value(layout, values, [&](std::int64_t fillers, std::int64_t end) {
      for (; fillers > 0; --fillers) known.put_entry(known_values += layout.longest_run + 1);
      known.put_entry(known_values = end);
    });
    return known.finish(static_cast<std::int64_t>(values.size()));
  }

 private:
  void check(const CodecParameters& parameters) const override {
    check_widths(parameters, "zero_run");
    if (parameters.run_bits < 1 || parameters.run_bits > 16)
      fail_input("codec zero_run: found runs of " + std::to_string(parameters.run_bits) + " bits; allowed 1 to 16");
    if (parameters.run_bits + parameters.value_bits > parameters.word_bits) {
      fail_input("codec zero_run: found entries of " + std::to_string(parameters.run_bits + parameters.value_bits) +
                 " bits; allowed up to the " + std::to_string(parameters.word_bits) + " bits of a word");
    }
  }
};

const Registration<Codec, ZeroRun> registered{"zero_run"};

}  // namespace
}  // namespace lacuna
