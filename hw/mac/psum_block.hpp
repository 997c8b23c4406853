// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Psums that share their operands: those of some filters at some outputs that lie side by side.
/// psums[f psum_pitch + x] = the sum over taps t of activations[tap_offsets[t] + x] x weights[f filter_pitch + t],
/// for f in 0..filters-1 and x in 0..outputs-1; each starts from 0.
struct PsumBlock {
  /// Words behind the last activation that may be read too, whatever they hold.
  static constexpr std::size_t kReadAhead = 64;

  const StoredWord* activations = nullptr;
  Span<const std::int32_t> tap_offsets;  ///< by position of the tap in C R S order
  const StoredWord* weights = nullptr;   ///< as stored: values or codes
  std::ptrdiff_t filter_pitch = 0;
  std::size_t filters = 0;
  std::size_t outputs = 0;
  Word* psums = nullptr;
  std::ptrdiff_t psum_pitch = 0;
  /// Of each so many outputs the first `counted` ones count: the psums of the others may be anything.
  std::size_t row_pitch = 1;
  std::size_t counted = 1;
  /// Taps of a channel, where those of all channels lie alike, a constant number of words apart; 0: not known.
  std::size_t channel_taps = 0;
  /// The weights again, where they are codes 0 and 1 and this is at hand: 16 taps to a word, the first in the lowest
  /// bit; each filter begins a word. Null otherwise.
  const StoredWord* signs = nullptr;
};

/// One psum each of some filters whose weights lie tap by tap, as an fc layer has them:
/// psums[f] = the sum over taps t of activations[t] x weights[t tap_pitch + f]. A tap whose activation is zero is not
/// looked at.
struct TapMajorBlock {
  Span<const StoredWord> activations;   ///< one per tap
  const StoredWord* weights = nullptr;  ///< as stored: values or codes
  std::ptrdiff_t tap_pitch = 0;
  std::size_t filters = 0;
  Word* psums = nullptr;
};

}  // namespace lacuna
