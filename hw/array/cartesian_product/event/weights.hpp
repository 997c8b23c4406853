// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "hw/array/cartesian_product/event/border.hpp"
#include "hw/array/cartesian_product/event/lane_products.hpp"
#include "hw/array/cartesian_product/schedule.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// The weights of a group of ofmap channels, as the vectors that all PEs meet them in.
class CartesianWeights {
 public:
  /// Which they are: of the layer, with all their taps, for planes of so many ofmap rows.
  struct Group {
    std::int64_t filter = 0;
    std::int64_t filters = 1;
    std::int64_t ofmap_rows = 1;

    bool operator<(const Group& o) const {
      return std::tie(filter, filters, ofmap_rows) < std::tie(o.filter, o.filters, o.ofmap_rows);
    }
  };
  /// Those of one channel and phase.
  struct Block {
    std::size_t first = 0;  ///< of places()
    std::int64_t vectors = 0;
    std::int64_t rows = 0;  ///< of the filter, in the steps of the stride
    std::int64_t columns = 0;
    std::size_t dropped = 0;  ///< first one of this block in the dropped ones
    CartesianLanes live{};
    CartesianLanes not_zero{};
  };

  /// `zeros`: by tap and filter of the group, whether a weight is worth zero.
  CartesianWeights(const LayerShape& shape, const CartesianShape& array, const Group& group,
                   const std::vector<std::uint8_t>& zeros);

  const Block& block(std::int64_t plane) const { return blocks_[static_cast<std::size_t>(plane)]; }
  /// By plane (channel x phases + phase) and lane, the lanes filled up to lane_pitch, numbers that a double holds
  /// exactly: weights, and those of them that are not zero.
  const std::vector<double>& live() const { return live_; }
  const std::vector<double>& not_zero() const { return not_zero_; }
  /// The same of vectors, as the only lane of a group.
  const std::vector<double>& vectors() const { return vectors_; }
  /// Vector by vector, of each lane: 0 for none or a filler, else 1 + 8 x tap of the phase + k mod 8.
  const std::uint32_t* places(const Block& block) const { return places_.data() + block.first; }
  /// From Block::dropped on, by class of a word (row class x column classes + column class) and lane, the lanes filled
  /// up to lane_pitch, the weights whose product with such a word is dropped.
  const std::vector<std::uint32_t>& dropped() const { return dropped_; }
  /// The same of those that are not zero; none where all are.
  const std::vector<std::uint32_t>& dropped_not_zero() const { return dropped_not_zero_; }
  std::size_t bytes() const;

 private:
  void read_block(const LayerShape& shape, const CartesianShape& array, const std::vector<std::uint8_t>& zeros,
                  std::int64_t channel, std::int64_t phase);
  void add_up(std::vector<std::int32_t>& sums, const Block& block) const;
  void drop(const std::vector<std::int32_t>& counts, const CartesianLanes& all, const LayerShape& shape,
            const Block& block, std::vector<std::uint32_t>& dropped) const;
  std::int32_t within(const std::vector<std::int32_t>& sums, const Block& block, std::int64_t lane,
                      const CartesianSpan& r, const CartesianSpan& s) const;

  Group group_;
  std::int64_t lanes_;
  std::size_t pitch_;
  std::vector<Block> blocks_;
  std::vector<double> vectors_;
  std::vector<double> live_;
  std::vector<double> not_zero_;
  std::vector<std::uint32_t> places_;
  std::vector<std::int32_t> live_sums_;  ///< of one block, by lane, row and column: of all rows and columns before
  std::vector<std::int32_t> not_zero_sums_;
  std::vector<std::uint32_t> dropped_;
  std::vector<std::uint32_t> dropped_not_zero_;
};

/// The weights that the activations of an ifmap tile meet in all passes that work on it, added up: all activations of a
/// plane meet all its weights, so sums over passes count as much as passes one by one. Numbers as CartesianWeights has
/// them; groups are those of planes of as many ofmap rows.
struct CartesianWeightSums {
  std::vector<double> live;
  std::vector<double> not_zero;
  std::vector<std::uint32_t> dropped;
  std::vector<std::uint32_t> dropped_not_zero;

  void clear() { *this = {}; }
  void add(const CartesianWeights& weights);
};

/// The weights of all groups of a layer, each made when it is first asked for.
class CartesianLayerWeights {
 public:
  /// `filters` are those of the layer, M C R S, which `owner`, where there is one, keeps as they are.
  CartesianLayerWeights(const LayerShape& shape, const CartesianShape& array, Span<const StoredWord> filters,
                        std::shared_ptr<const void> owner)
      : shape_(shape), array_(array), filters_(filters), owner_(std::move(owner)) {}

  /// Whether a stored weight is worth zero.
  bool is_zero(StoredWord weight, const Mac& mac) {
    std::uint8_t& known = is_zero_[static_cast<std::uint16_t>(weight)];
    if (known == kUnknown) {
      known = mac.is_zero(weight) ? 1 : 0;
      asked_.push_back(weight);
    }
    return known != 0;
  }
  const CartesianWeights& of(const CartesianWeights::Group& group, const Mac& mac);
  /// Forgets everything unless weights are worth zero to that MAC as to the one before.
  void expect(const Mac& mac);
  /// Others are to come.
  void forget() { groups_.clear(); }
  std::size_t bytes() const;

 private:
  static constexpr std::uint8_t kUnknown = 2;

  LayerShape shape_;
  CartesianShape array_;
  Span<const StoredWord> filters_;
  std::shared_ptr<const void> owner_;
  std::vector<std::uint8_t> is_zero_ = std::vector<std::uint8_t>(std::size_t{1} << 16, kUnknown);
  std::vector<StoredWord> asked_;  ///< weights of which it is known
  std::map<CartesianWeights::Group, CartesianWeights> groups_;
};

/// The weights of a layer: known again in later runs where the owner of the filters, who never changes them, lives.
std::shared_ptr<CartesianLayerWeights> known_weights(const LayerShape& shape, const CartesianShape& array,
                                                     Span<const StoredWord> filters,
                                                     const std::weak_ptr<const void>& owner, const Mac& mac);

}  // namespace lacuna
