// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/schedule.hpp"
#include "hw/array/event_buffer.hpp"

namespace lacuna {

/// Numbers of words by lane.
using CartesianLanes = std::array<std::int32_t, static_cast<std::size_t>(kMostCartesianLanes)>;

/// An activation in a lane, or a filler. Places count in the steps of the stride, from the tile's first word.
struct CartesianActivation {
  std::int32_t row = 0;
  std::int32_t column = 0;
  bool filler = false;
  bool zero = false;
  bool meets_all = false;  ///< no product with a weight of its phase is dropped
};

/// The activations of an ifmap tile, as the vectors of all PEs. They stay until another tile is read.
class CartesianActivations {
 public:
  /// Those of one PE, channel and phase.
  struct Block {
    std::size_t first = 0;
    std::int64_t words = 0;  ///< fillers included
    std::int64_t vectors = 0;
    bool meets_all = true;  ///< so do all of them
    CartesianLanes live{};
    CartesianLanes not_zero{};
  };

  CartesianActivations(const CartesianSchedule& schedule, const CartesianShape& array, const EventBuffer& operands);

  /// The tile of a pass, which lies in the buffer.
  void read(const TiledPass& pass);
  const Block& block(std::int64_t channel, std::int64_t phase, std::int64_t pe) const {
    return blocks_[static_cast<std::size_t>((channel * phases_ + phase) * array_.pes() + pe)];
  }
  const CartesianActivation* words(const Block& block) const { return words_.data() + block.first; }

 private:
  void read_block(const TiledPass& pass, const CartesianGrid& grid, std::int64_t channel, std::int64_t phase,
                  std::int64_t pe);
  void add(CartesianActivation word, Block& block);

  const CartesianSchedule& schedule_;
  const CartesianShape array_;
  const EventBuffer& operands_;
  const std::int64_t phases_;
  std::int64_t tile_ = -1;
  std::vector<Block> blocks_;
  std::vector<CartesianActivation> words_;
};

}  // namespace lacuna
