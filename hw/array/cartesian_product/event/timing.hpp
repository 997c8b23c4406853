// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/cartesian_product/grid.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/event_tile_writer.hpp"

namespace lacuna {

/// When the sums of a pass have left the PEs, and when the next pass may be computed.
struct CartesianPassEnd {
  std::int64_t end = 0;   ///< edge of the last sum
  std::int64_t next = 0;  ///< first edge of the next pass, but for the link
};

/// Of a pass computed by edge `computed` whose sums take `drain` edges, where those of the passes before it have left
/// by edge `drained_before`. Sums of one pass are drained at a time; where the next pass `overlaps`, it needs the
/// accumulators of the pass before this one, else those of this one.
constexpr CartesianPassEnd end_of_pass(std::int64_t computed, std::int64_t drained_before, std::int64_t drain,
                                       bool overlaps) {
  const std::int64_t begin = computed > drained_before ? computed : drained_before;
  return {begin + drain, (overlaps ? begin : begin + drain) + 1};
}

/// All that the edges of a pass depend on besides its words: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct CartesianTimingParameters : Described {
  CartesianTimingParameters(const CartesianShape& array, const WeightDecoderParameters& decoder)
      : rows(array.rows),
        columns(array.columns),
        filter_lanes(array.filter_lanes),
        ifmap_lanes(array.ifmap_lanes),
        banks(array.banks),
        filler_words(array.filler_words),
        store(decoder),
        shape_(array) {}

  std::int64_t rows = 8;  ///< of PEs
  std::int64_t columns = 8;
  std::int64_t filter_lanes = 4;   ///< weights of a vector
  std::int64_t ifmap_lanes = 4;    ///< activations of a vector
  std::int64_t banks = 32;         ///< of accumulators, as far as their addresses tell them apart
  std::int64_t filler_words = 16;  ///< zeros that a filler stands for
  std::int64_t product_edges = 1;  ///< of a bank on a product
  std::int64_t fewest_edges = 1;   ///< of a pass
  std::int64_t sum_edges = 1;      ///< of a link on a sum that is drained
  TileStoreTiming store;           ///< that filters come through, if they come from a decoder

  void describe(FieldVisitor& v) override;
  /// The array with these numbers.
  CartesianShape shape() const;

 private:
  CartesianShape shape_;
};

}  // namespace lacuna
