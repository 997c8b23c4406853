// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/event/border.hpp"
#include "hw/array/cartesian_product/event/lane_products.hpp"
#include "hw/array/cartesian_product/schedule.hpp"
#include "hw/array/event_buffer.hpp"

namespace lacuna {

/// An activation in a lane, or a filler. Places count in the steps of the stride, from the tile's first word.
struct CartesianActivation {
  std::int32_t row = 0;
  std::int32_t column = 0;
  bool filler = false;
  bool zero = false;
  bool meets_all = false;  ///< no product with a weight of its phase is dropped
};

/// An activation some of whose products are dropped.
struct CartesianBorderWord {
  std::int32_t pe = 0;
  std::int32_t border = 0;  ///< class of its row x classes of columns + class of its column (CartesianBorder)
  std::int16_t lane = 0;
  bool zero = false;
};

/// The activations of an ifmap tile, as the vectors of all PEs. They stay until another tile is read.
class CartesianActivations {
 public:
  /// Those of one PE, channel and phase.
  struct Block {
    std::size_t first = 0;
    std::int64_t words = 0;  ///< fillers included
  };
  /// Those of all PEs, of one channel and phase.
  struct Plane {
    std::int64_t most_vectors = 0;  ///< of any PE
    std::int64_t vectors = 0;
    std::int64_t words = 0;  ///< fillers apart
    std::size_t first_border = 0;
    std::size_t borders = 0;
  };

  /// With `keep_words`, not only how many words there are in a lane is known, but also where they are.
  CartesianActivations(const CartesianSchedule& schedule, const CartesianShape& array, const EventBuffer& operands,
                       bool keep_words);

  /// The tile of a pass, which lies in the buffer.
  void read(const TiledPass& pass);

  /// By plane: channel x phases + phase.
  const std::vector<Plane>& planes() const { return planes_; }
  const CartesianBorderWord* borders(const Plane& plane) const { return borders_.data() + plane.first_border; }
  /// By plane and PE: vectors, words in each lane, and those of them that are not zero.
  const CartesianLaneCounts& vectors() const { return vectors_; }
  std::int64_t vectors_of(std::int64_t plane, std::int64_t pe) const {
    return static_cast<std::int64_t>(vectors_.of(plane)[pe]);
  }
  const CartesianLaneCounts& live(std::int64_t lane) const { return live_[static_cast<std::size_t>(lane)]; }
  const CartesianLaneCounts& not_zero(std::int64_t lane) const { return not_zero_[static_cast<std::size_t>(lane)]; }

  const Block& block(std::int64_t plane, std::int64_t pe) const {
    return blocks_[static_cast<std::size_t>(plane * array_.pes() + pe)];
  }
  const CartesianActivation* words(const Block& block) const { return words_.data() + block.first; }

 private:
  static constexpr std::int64_t kMaskBits = 64;

  /// What a PE has read of a plane.
  struct Stream {
    std::int64_t next_place = 0;    ///< behind its last word, in its tile
    std::int64_t full_vectors = 0;  ///< of words, fillers included
    std::int64_t lane = 0;          ///< of the next one
    CartesianLanes fillers{};
    CartesianLanes zeros{};  ///< words that take part all the same
    std::vector<CartesianActivation> words;
  };
  /// Columns of the plane side by side that are in one PE, as many as fit a mask.
  struct Part {
    std::int64_t pe = 0;  ///< in a row of PEs
    std::int64_t first = 0;
    std::int64_t columns = 0;
    std::int64_t place = 0;         ///< of the first column, in the rows of its tile
    std::int64_t tile_columns = 0;  ///< of that
    std::uint64_t border = 0;       ///< those that never meet the whole filter
    std::uint64_t unpadded = 0;     ///< those that are no padding
    bool fillers = false;           ///< there may be some between two of the columns
  };
  /// A phase of the columns of the plane.
  struct Columns {
    std::int64_t phase = 0;
    std::vector<Part> parts;
    std::vector<std::int32_t> borders;  ///< class of each column: CartesianBorder
    std::int64_t classes = 0;           ///< that there are
  };
  /// A row of the plane.
  struct Row {
    std::int64_t row = 0;
    std::int64_t in_tile = 0;       ///< rows of the PE's tile before it
    std::int64_t first_border = 0;  ///< class of its words whose column is of class 0
    bool inner = false;             ///< meets the whole filter
    std::int64_t first_pe = 0;      ///< of the row of PEs
  };

  Columns columns_of(const CartesianGrid& grid, std::int64_t phase, std::int64_t ofmap_columns) const;
  void read_plane(const TiledPass& pass, const CartesianGrid& grid, std::int64_t channel, std::int64_t row_phase,
                  const Columns& columns);
  /// Reads the words of a row and part that take part, `zeros` of which are zero.
  void read_part(const Row& row, const Columns& columns, const Part& part, std::uint64_t words, std::uint64_t zeros);
  /// The same where there are no fillers between them.
  void read_run(const Row& row, const Columns& columns, const Part& part, std::uint64_t words, std::uint64_t zeros);
  void end_row_of_pes(std::int64_t first_pe);
  void add_fillers(std::int64_t fillers, Stream& stream) const;
  std::int64_t steps_below(std::int64_t end, std::int64_t first) const;

  const CartesianSchedule& schedule_;
  const CartesianShape array_;
  const EventBuffer& operands_;
  const bool keep_words_;
  std::int64_t tile_ = -1;
  std::vector<Plane> planes_;
  std::vector<CartesianBorderWord> borders_;
  CartesianLaneCounts vectors_;
  std::vector<CartesianLaneCounts> live_;
  std::vector<CartesianLaneCounts> not_zero_;
  std::vector<Block> blocks_;
  std::vector<CartesianActivation> words_;
  std::vector<Stream> streams_;  ///< of a row of PEs
  /// The lane so many words behind lane 0, and the vectors filled by then: an activation of a part is never further.
  std::array<std::uint8_t, kMaskBits + kMostCartesianLanes> lane_;
  std::array<std::uint8_t, kMaskBits + kMostCartesianLanes> vectors_filled_;
};

}  // namespace lacuna
