// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/event/activations.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// The weights of a pass, as the vectors that all PEs meet them in. They stay until others are read.
class CartesianWeights {
 public:
  /// Those of one channel and phase.
  struct Block {
    std::size_t first = 0;  ///< of places()
    std::int64_t vectors = 0;
    std::int64_t rows = 0;  ///< of the filter, in the steps of the stride
    std::int64_t columns = 0;
    std::size_t sums = 0;  ///< first one of this block in the sums below
    CartesianLanes live{};
    CartesianLanes not_zero{};
  };

  CartesianWeights(const CartesianSchedule& schedule, const CartesianShape& array, const Mac& mac,
                   const EventBuffer& operands);

  /// The filters of a pass, which lie in the buffer.
  void read(const TiledPass& pass);
  const Block& block(std::int64_t channel, std::int64_t phase) const {
    return blocks_[static_cast<std::size_t>(channel * phases_ + phase)];
  }
  /// Whether a stored weight is worth zero.
  bool is_zero(StoredWord weight) {
    std::uint8_t& known = is_zero_[static_cast<std::uint16_t>(weight)];
    if (known == kUnknown) known = mac_.is_zero(weight) ? 1 : 0;
    return known != 0;
  }
  /// Vector by vector, of each lane: 0 for none or a filler, else 1 + 8 x tap of the phase + k mod 8.
  const std::uint32_t* places(const Block& block) const { return places_.data() + block.first; }
  /// Weights in a lane of the filter rows and columns [r0, r1) x [s0, s1) of the phase; those that are not zero.
  std::int64_t live(const Block& block, std::int64_t lane, const CartesianSpan& r, const CartesianSpan& s) const {
    return within(live_sums_, block, lane, r, s);
  }
  std::int64_t not_zero(const Block& block, std::int64_t lane, const CartesianSpan& r, const CartesianSpan& s) const {
    return within(not_zero_sums_, block, lane, r, s);
  }

 private:
  void read_zeros(const TiledPass& pass);
  void read_block(const TiledPass& pass, std::int64_t channel, std::int64_t phase);
  void add_up(std::vector<std::int32_t>& sums, const Block& block) const;
  std::int64_t within(const std::vector<std::int32_t>& sums, const Block& block, std::int64_t lane,
                      const CartesianSpan& r, const CartesianSpan& s) const;

  const CartesianSchedule& schedule_;
  const CartesianShape array_;
  const Mac& mac_;
  const EventBuffer& operands_;
  const std::int64_t phases_;
  static constexpr std::uint8_t kUnknown = 2;
  std::int64_t tile_ = -1;
  std::vector<std::uint8_t> is_zero_;  ///< by stored weight, once it is asked for
  std::vector<Block> blocks_;
  std::vector<std::uint8_t> zeros_;  ///< tap by tap, all filters of the pass: whether a weight is worth zero
  std::vector<std::uint32_t> places_;
  std::vector<std::int32_t> live_sums_;  ///< by block, lane, row and column: of all rows and columns before
  std::vector<std::int32_t> not_zero_sums_;
};

}  // namespace lacuna
