// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/layer_shape.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Where the words of the padded ifmap of one image lie in PhasePlanes.
class PhaseLayout {
 public:
  explicit PhaseLayout(const LayerShape& shape)
      : stride_(shape.U),
        pitch_(ceil_div(shape.padded_width(), shape.U)),
        plane_words_(ceil_div(shape.padded_height(), shape.U) * pitch_),
        words_(shape.C * shape.G * shape.U * shape.U * plane_words_) {}

  std::int64_t index(std::int64_t c, std::int64_t h, std::int64_t w) const {
    const std::int64_t plane = (c * stride_ + h % stride_) * stride_ + w % stride_;
    return plane * plane_words_ + h / stride_ * pitch_ + w / stride_;
  }
  /// Words from one row of a plane to the next.
  std::int64_t pitch() const { return pitch_; }
  std::int64_t words() const { return words_; }

 private:
  std::int64_t stride_;
  std::int64_t pitch_;
  std::int64_t plane_words_;
  std::int64_t words_;
};

/// The padded ifmap of one image, taken apart into U x U phases per channel: phase (a, b) holds the words of rows
/// a, a + U, ... and columns b, b + U, ... So every tap of every stride sees the words that it meets as one run of
/// consecutive words, a whole ofmap channel long (with a few between rows that are computed in vain). All zero at
/// first.
class PhasePlanes {
 public:
  explicit PhasePlanes(const LayerShape& shape);

  /// Puts `words` words of a row of the ifmap, from its first column on. Rows and columns are those of the padded
  /// ifmap.
  void put_row(std::int64_t channel, std::int64_t row, std::int64_t first_column, Span<const StoredWord> words);
  /// Puts a whole ifmap without padding, C G x H x W.
  void put(Span<const StoredWord> ifmap);

  const PhaseLayout& layout() const { return layout_; }
  /// The largest magnitude of a word.
  std::int64_t largest() const;
  /// The word under padded row r and column s of channel c: the ofmap word (e, f) meets the one e pitch + f further on.
  /// As many words as PsumBlock::kReadAhead may be read behind the last one.
  const StoredWord* at(std::int64_t c, std::int64_t r, std::int64_t s) const {
    return words_.data() + layout_.index(c, r, s);
  }

 private:
  LayerShape shape_;
  PhaseLayout layout_;
  std::vector<StoredWord> words_;
};

}  // namespace lacuna
