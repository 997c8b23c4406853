// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/phase_planes.hpp"

#include <algorithm>

#include "hw/mac/psum_block.hpp"

namespace lacuna {

PhasePlanes::PhasePlanes(const LayerShape& shape)
    : shape_(shape), layout_(shape), words_(static_cast<std::size_t>(layout_.words()) + PsumBlock::kReadAhead, 0) {}

void PhasePlanes::put_row(std::int64_t channel, std::int64_t row, std::int64_t first_column,
                          Span<const StoredWord> words) {
  if (shape_.U == 1) {
    std::copy(words.begin(), words.end(), words_.begin() + layout_.index(channel, row, first_column));
    return;
  }
  const auto count = static_cast<std::int64_t>(words.size());
  for (std::int64_t phase = 0; phase < std::min(shape_.U, count); ++phase) {
    StoredWord* to = words_.data() + layout_.index(channel, row, first_column + phase);
    for (std::int64_t x = phase; x < count; x += shape_.U) *to++ = words[static_cast<std::size_t>(x)];
  }
}

std::int64_t PhasePlanes::largest() const {
  const auto [low, high] = std::minmax_element(words_.begin(), words_.end());
  return std::max<std::int64_t>(-std::int64_t{*low}, *high);
}

void PhasePlanes::put(Span<const StoredWord> ifmap) {
  if (shape_.U == 1 && shape_.P == 0) {  // planes as they are
    std::copy(ifmap.begin(), ifmap.end(), words_.begin());
    return;
  }
  const auto width = static_cast<std::size_t>(shape_.W);
  std::size_t from = 0;
  for (std::int64_t c = 0; c < shape_.C * shape_.G; ++c) {
    for (std::int64_t h = 0; h < shape_.H; ++h, from += width) {
      put_row(c, h + shape_.P, shape_.P, ifmap.subspan(from, width));
    }
  }
}

}  // namespace lacuna
