// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// The zero-free neuron array format of Cnvlutin (J. Albericio et al., ISCA 2016): bricks of neurons that follow one
/// another along the channels at one place of the plane; in each, the neurons that are not 0 stand at the front, each
/// with its offset in the brick. A brick keeps the slots that it would take if full, so that its place is known without
/// reading others: the format saves time, not space.
struct OffsetBricks {
  std::int64_t channels = 0;
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t brick = 16;       ///< neurons of a brick, 2 to 64
  std::int64_t value_bits = 16;  ///< of a neuron, two's complement, 1 to 16

  /// One neuron of a brick.
  struct Slot {
    StoredWord value = 0;
    std::int64_t offset = 0;
  };

  /// Bits of an offset, ceil(log2 brick): 4 for 16.
  std::int64_t offset_bits() const;
  /// 320 for 16 neurons of 16 bits.
  std::int64_t brick_bits() const { return brick * (value_bits + offset_bits()); }
  std::int64_t bricks_deep() const { return (channels + brick - 1) / brick; }
  std::int64_t bricks() const { return height * width * bricks_deep(); }
  /// height width ceil(channels / brick) brick (value bits + offset bits), whatever the neurons are.
  std::int64_t bits() const { return bricks() * brick_bits(); }
  /// Which brick holds neurons depth x brick, ... of a place.
  std::int64_t brick_at(std::int64_t row, std::int64_t column, std::int64_t depth) const {
    return (row * width + column) * bricks_deep() + depth;
  }
  /// Throws Error (bad_input) where brick or value_bits are not allowed.
  void check() const;
};

/// The bits in words of 64, the first in the lowest bits: bricks in the order of brick_at(), slot by slot, the value
/// below its offset; slots that are not used are 0. `neurons` are channels x height x width. Throws Error (run_failed)
/// on a neuron that does not fit.
std::vector<std::uint64_t> encode_bricks(const OffsetBricks& format, Span<const StoredWord> neurons);

/// The neurons of one brick that are not 0. Throws Error (run_failed) on what no encoder gives: offsets that do not
/// rise or are not of a channel, a slot used behind one that is not, an offset without a value, words that end before
/// it.
std::vector<OffsetBricks::Slot> read_brick(const OffsetBricks& format, Span<const std::uint64_t> words,
                                           std::int64_t index);

/// All neurons. Throws Error (run_failed) as read_brick(), and where words are too few or too many or bits behind the
/// last brick are not 0.
std::vector<StoredWord> decode_bricks(const OffsetBricks& format, Span<const std::uint64_t> words);

}  // namespace lacuna
