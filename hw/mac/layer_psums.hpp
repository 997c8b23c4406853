// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/layer_shape.hpp"
#include "hw/mac/mac.hpp"
#include "hw/mac/phase_planes.hpp"

namespace lacuna {

/// Weights of filters, one behind the other, tap by tap instead: what TapMajorBlock takes.
std::vector<StoredWord> tap_major(Span<const StoredWord> weights, std::int64_t filters);

/// Some rows of some ofmap channels.
struct PsumRegion {
  std::int64_t channel = 0;  ///< first ofmap channel, groups counted through
  std::int64_t channels = 1;
  std::int64_t row = 0;  ///< first ofmap row
  std::int64_t rows = 1;
};

/// Computes psums of a layer from its operands, as the MACs of a machine sum them up: the one place where the exact
/// integer layers and the event models do so.
class LayerPsums {
 public:
  /// `weights`: M C R S stored words; `order` is that of the machine and matters where additions saturate: it may be
  /// null where they wrap. Borrows all but the shape. Throws Error (run_failed) on a missing order, or one that is not
  /// a permutation of the taps.
  LayerPsums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic, const AccumulationOrder* order,
             Span<const StoredWord> weights);
  /// Also knows the same weights tap by tap, C R S M: a layer with one output per filter takes them where it can.
  void know_weights_by_tap(Span<const StoredWord> weights) { weights_by_tap_ = weights; }
  /// Also knows the same weights as bits, those of signs_of: what PsumBlock::signs takes.
  void know_signs(Span<const StoredWord> signs) { signs_ = signs; }

  /// The psums of a region of some images, channel, row, column: those of image i are written from psums[i] on.
  void compute(const PsumRegion& region, Span<const PhasePlanes* const> images, Span<Word* const> psums) const;

 private:
  void compute_channels(const PsumRegion& region, const PhasePlanes& planes, std::int64_t largest, Word* psums) const;
  void sum(const PsumBlock& block, std::int64_t channel, std::int64_t largest) const;
  bool may_sum_by_tap() const;
  bool cannot_saturate(std::int64_t channel, std::int64_t largest) const;
  const StoredWord* signs_from(std::int64_t channel) const;
  std::int64_t taps() const { return shape_.C * shape_.R * shape_.S; }

  LayerShape shape_;
  const Mac& mac_;
  Arithmetic arithmetic_;
  const AccumulationOrder* order_;
  Span<const StoredWord> weights_;
  Span<const StoredWord> weights_by_tap_;
  Span<const StoredWord> signs_;
  std::vector<std::int32_t> tap_offsets_;
};

}  // namespace lacuna
