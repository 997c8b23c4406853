// SPDX-License-Identifier: Apache-2.0
#include "sim/values/integer_layer.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// The padded ifmap of one image, taken apart into U x U phases per channel: phase (a, b) holds the words of rows
/// a, a + U, ... and columns b, b + U, ... So every tap of every stride sees the words that it meets as one run of
/// consecutive words, a whole ofmap channel long (with a few between rows that are computed in vain).
class PhasePlanes {
 public:
  PhasePlanes(const LayerShape& shape, Span<const Word> ifmap)
      : stride_(shape.U),
        pitch_(ceil_div(shape.padded_width(), shape.U)),
        plane_words_(ceil_div(shape.padded_height(), shape.U) * pitch_),
        words_(static_cast<std::size_t>(shape.C * shape.G * shape.U * shape.U * plane_words_), 0) {
    const Word* from = ifmap.data();
    for (std::int64_t c = 0; c < shape.C * shape.G; ++c) {
      for (std::int64_t h = shape.P; h < shape.P + shape.H; ++h)
        for (std::int64_t w = shape.P; w < shape.P + shape.W; ++w) words_[index(c, h, w)] = *from++;
    }
  }

  /// Words from one row of a plane to the next.
  std::int64_t pitch() const { return pitch_; }
  /// The word under padded row r and column s of channel c: the ofmap word (e, f) meets the one e pitch + f further on.
  const Word* at(std::int64_t c, std::int64_t r, std::int64_t s) const { return words_.data() + index(c, r, s); }

 private:
  std::size_t index(std::int64_t c, std::int64_t h, std::int64_t w) const {
    const std::int64_t plane = (c * stride_ + h % stride_) * stride_ + w % stride_;
    return static_cast<std::size_t>(plane * plane_words_ + h / stride_ * pitch_ + w / stride_);
  }

  std::int64_t stride_;
  std::int64_t pitch_;
  std::int64_t plane_words_;
  std::vector<Word> words_;
};

/// Sums up one ofmap channel after the other, in runs of E rows of pitch words.
class ChannelSum {
 public:
  ChannelSum(const LayerShape& shape, const Mac& mac, const PhasePlanes& planes)
      : shape_(shape),
        mac_(mac),
        planes_(planes),
        running_(static_cast<std::size_t>((shape.E() - 1) * planes.pitch() + shape.F())),
        segment_(running_.size()) {}

  /// All taps, in any order. `weights`: the C R S words of ofmap channel m.
  void sum(std::int64_t m, const Word* weights) {
    std::fill(running_.begin(), running_.end(), 0);
    const std::int64_t first = m / (shape_.M / shape_.G) * shape_.C;
    for (std::int64_t c = 0; c < shape_.C; ++c) {
      for (std::int64_t r = 0; r < shape_.R; ++r) {
        for (std::int64_t s = 0; s < shape_.S; ++s)
          mac_.row(planes_.at(first + c, r, s), 1, *weights++, running_.data(), running_.size());
      }
    }
  }

  /// In the given order.
  void sum(std::int64_t m, const Word* weights, const Arithmetic& arithmetic, const AccumulationOrder& order) {
    std::fill(running_.begin(), running_.end(), 0);
    const std::int64_t first = m / (shape_.M / shape_.G) * shape_.C;
    for (const std::vector<Tap>& taps : order.segments) {
      std::fill(segment_.begin(), segment_.end(), 0);
      for (const Tap& t : taps) {
        mac_.row(planes_.at(first + t.c, t.r, t.s), 1, weights[(t.c * shape_.R + t.r) * shape_.S + t.s],
                 segment_.data(), segment_.size());
      }
      for (std::size_t x = 0; x < running_.size(); ++x) running_[x] = accumulate(arithmetic, running_[x], segment_[x]);
    }
  }

  void copy_to(Word* psums) const {
    for (std::int64_t e = 0; e < shape_.E(); ++e) {
      const auto row = running_.begin() + static_cast<std::ptrdiff_t>(e * planes_.pitch());
      psums = std::copy(row, row + static_cast<std::ptrdiff_t>(shape_.F()), psums);
    }
  }

 private:
  const LayerShape& shape_;
  const Mac& mac_;
  const PhasePlanes& planes_;
  std::vector<Word> running_;
  std::vector<Word> segment_;
};

void check_sizes(const LayerShape& shape, Span<const Word> ifmap, Span<const Word> weights) {
  if (static_cast<std::int64_t>(ifmap.size()) != shape.ifmap_words() ||
      static_cast<std::int64_t>(weights.size()) != shape.filter_words()) {
    fail_run("a layer of " + std::to_string(shape.ifmap_words()) + " ifmap and " +
             std::to_string(shape.filter_words()) + " filter words was given " + std::to_string(ifmap.size()) +
             " and " + std::to_string(weights.size()));
  }
}

void check_order(const LayerShape& shape, const AccumulationOrder& order) {
  std::vector<char> seen(static_cast<std::size_t>(shape.C * shape.R * shape.S), 0);
  std::size_t taps = 0;
  for (const std::vector<Tap>& segment : order.segments) {
    for (const Tap& t : segment) {
      const bool inside = t.c >= 0 && t.c < shape.C && t.r >= 0 && t.r < shape.R && t.s >= 0 && t.s < shape.S;
      const auto index = static_cast<std::size_t>((t.c * shape.R + t.r) * shape.S + t.s);
      if (!inside || seen[index] != 0)
        fail_run("an accumulation order has a tap that the filter does not have, or has it twice");
      seen[index] = 1;
      ++taps;
    }
  }
  if (taps != seen.size()) {
    fail_run("an accumulation order has " + std::to_string(taps) + " of the " + std::to_string(seen.size()) +
             " taps of the filter");
  }
}

}  // namespace

std::vector<Word> compute_psums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic,
                                Span<const Word> ifmap, Span<const Word> weights, const AccumulationOrder* order) {
  check_sizes(shape, ifmap, weights);
  if (arithmetic.saturate && order == nullptr)
    fail_run("additions saturate: the psums need the order in which the array adds");
  if (arithmetic.saturate) check_order(shape, *order);
  const PhasePlanes planes(shape, ifmap);
  ChannelSum channel(shape, mac, planes);
  std::vector<Word> psums(static_cast<std::size_t>(shape.ofmap_words()));
  for (std::int64_t m = 0; m < shape.M; ++m) {
    const Word* filter = weights.data() + m * shape.C * shape.R * shape.S;
    if (arithmetic.saturate) {
      channel.sum(m, filter, arithmetic, *order);
    } else {
      channel.sum(m, filter);
    }
    channel.copy_to(psums.data() + m * shape.E() * shape.F());
  }
  return psums;
}

std::vector<Word> compute_ofmap(const PostArithmetic& post, Span<const Word> psums, Span<const Word> biases) {
  std::vector<Word> ofmap(psums.size());
  const std::size_t channel_words = biases.empty() ? 0 : psums.size() / biases.size();
  for (std::size_t m = 0; m < biases.size(); ++m) {
    for (std::size_t x = m * channel_words; x < (m + 1) * channel_words; ++x)
      ofmap[x] = post_process(post, psums[x], biases[m]);
  }
  return ofmap;
}

}  // namespace lacuna
