// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/bit_stream.hpp"

namespace lacuna {

void BitWriter::put(std::uint64_t field, std::int64_t bits) {
  if (bits == 0) return;
  const auto shift = static_cast<unsigned>(bits_ % 64);
  if (shift == 0) words_.push_back(0);
  words_.back() |= field << shift;
  if (static_cast<std::int64_t>(shift) + bits > 64) words_.push_back(field >> (64 - shift));
  bits_ += bits;
}

bool BitReader::at_end() const {
  return !past_end() && 64 * static_cast<std::int64_t>(words_.size()) - position_ < 64 && peek() == 0;
}

}  // namespace lacuna
