// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

constexpr std::int64_t kMostCartesianLanes = 8;
constexpr std::int64_t kMostCartesianBanks = 32;

/// The physical array and what it does with zeros. Both levels read this one struct.
struct CartesianShape {
  std::int64_t rows = 8;  ///< of PEs
  std::int64_t columns = 8;
  std::int64_t filter_lanes = 4;   ///< weights of a vector
  std::int64_t ifmap_lanes = 4;    ///< activations of a vector
  std::int64_t banks = 32;         ///< of accumulators
  std::int64_t fifo = 50;          ///< weight vectors that a PE holds
  std::int64_t filler_words = 16;  ///< zeros that a filler stands for
  bool bank_stall = true;
  bool channel_barrier = false;
  bool drain_overlap = true;
  bool fillers_take_slots = true;
  bool dense = false;

  std::int64_t pes() const { return rows * columns; }
  std::int64_t multipliers() const { return filter_lanes * ifmap_lanes; }
  /// Placeholders in a stream between two values that have so many zeros between them.
  std::int64_t fillers(std::int64_t zeros) const {
    return dense || !fillers_take_slots || zeros < filler_words ? 0 : zeros / filler_words;
  }
  /// Accumulator bank of the sum of filter k of a group at an ofmap row and column: {k2 ^ row1 ^ column1, row0,
  /// column0, k1, k0}, of which fewer banks take the low bits.
  std::int64_t bank(std::int64_t k, std::int64_t row, std::int64_t column) const {
    const std::int64_t high = (k >> 2 ^ row >> 1 ^ column >> 1) & 1;
    return (high << 4 | (row & 1) << 3 | (column & 1) << 2 | (k & 3)) & (banks - 1);
  }
};

/// Consecutive rows or columns.
struct CartesianSpan {
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/// Whether a layer is one of inner products, no weight of which meets two activations: an FC layer.
inline bool is_fc(const LayerShape& layer) {
  return layer.E() == 1 && layer.F() == 1 && layer.P == 0 && layer.R == layer.H && layer.S == layer.W;
}

/// How one dimension of a plane is shared out between PEs: tiles of equal size, the last ones cut to the plane.
class CartesianTiles {
 public:
  /// `plane`: words of the padded ifmap in this dimension, `filter`: of the filter, `outputs`: of the ofmap.
  CartesianTiles(std::int64_t pes, std::int64_t plane, std::int64_t filter, std::int64_t outputs, std::int64_t stride)
      : pes_(pes), plane_(plane), filter_(filter), outputs_(outputs), stride_(stride), tile_(ceil_div(plane, pes)) {}

  std::int64_t tile() const { return tile_; }
  /// PEs whose tile is not empty.
  std::int64_t used() const { return ceil_div(plane_, tile_); }
  CartesianSpan of(std::int64_t pe) const {
    const std::int64_t first = std::min(pe * tile_, plane_);
    return {first, std::min(tile_, plane_ - first)};
  }
  /// Words of a PE's tile, of those in a span, that lie in a phase of the stride.
  std::int64_t in_phase(std::int64_t pe, std::int64_t phase, const CartesianSpan& among) const {
    const CartesianSpan own = of(pe);
    const auto below = [&](std::int64_t end) { return end <= phase ? 0 : ceil_div(end - phase, stride_); };
    const std::int64_t first = std::max(own.first, among.first);
    const std::int64_t end = std::min(own.first + own.count, among.first + among.count);
    return std::max<std::int64_t>(below(end) - below(first), 0);
  }
  /// Outputs that meet a word of a PE's tile.
  std::int64_t reached(std::int64_t pe) const {
    const CartesianSpan own = of(pe);
    if (own.count == 0) return 0;
    const std::int64_t first = ceil_div(std::max<std::int64_t>(own.first - filter_ + 1, 0), stride_);
    const std::int64_t last = std::min((own.first + own.count - 1) / stride_, outputs_ - 1);
    return std::max<std::int64_t>(last - first + 1, 0);
  }
  std::int64_t reached() const {
    std::int64_t all = 0;
    for (std::int64_t pe = 0; pe < pes_; ++pe) all += reached(pe);
    return all;
  }
  /// Outputs whose sums a PE must hold: all that a whole tile may reach.
  std::int64_t held() const { return (tile_ + filter_ - 2) / stride_ + 1; }

  /// Outputs of a PE inside the plane that belong to the neighbour before it, to itself, and to the one behind it.
  std::int64_t before(std::int64_t padding) const {
    return pes_ == 1 ? 0 : ceil_div(std::max<std::int64_t>(filter_ - 1 - padding, 0), stride_);
  }
  std::int64_t own() const { return ceil_div(tile_, stride_); }
  std::int64_t behind(std::int64_t padding) const { return pes_ == 1 ? 0 : ceil_div(padding, stride_); }

 private:
  std::int64_t pes_;
  std::int64_t plane_;
  std::int64_t filter_;
  std::int64_t outputs_;
  std::int64_t stride_;
  std::int64_t tile_;
};

/// How the plane of a tile in the global buffer, which has so many ofmap rows, is shared out between the PEs.
class CartesianGrid {
 public:
  CartesianGrid(const CartesianShape& array, const LayerShape& layer, std::int64_t ofmap_rows);

  /// PE rows share out the rows, PE columns the columns. Not of FC layers.
  CartesianTiles rows;
  CartesianTiles columns;
  bool fc = false;  ///< input j goes to PE j mod PEs instead
  /// Of the PEs that have words.
  std::int64_t used_rows = 1;
  std::int64_t used_columns = 1;

  bool uses(std::int64_t pe) const {
    return fc ? pe < inputs_ : pe / all_columns_ < used_rows && pe % all_columns_ < used_columns;
  }
  std::int64_t used_pes() const { return fc ? std::min(pes_, inputs_) : used_rows * used_columns; }
  /// Accumulators that a PE needs for each ofmap channel.
  std::int64_t sums_per_channel() const { return fc ? 1 : rows.held() * columns.held(); }
  /// Largest of the regions that go to the eight neighbours, sums of a channel; of FC layers, steps of the reduction.
  std::int64_t largest_region() const;
  /// Sums of a channel that the regions of an inner PE hold.
  std::int64_t halo_sums() const;
  /// Sums of a channel that PEs send to one another: one less than have a part of it.
  std::int64_t sums_sent() const;

 private:
  std::int64_t padding_;
  std::int64_t outputs_;
  std::int64_t pes_;
  std::int64_t all_columns_;
  std::int64_t inputs_;
};

}  // namespace lacuna
