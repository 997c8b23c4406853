// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/array/cartesian_product/grid.hpp"

namespace lacuna {

/// Places of ifmap words in one dimension of a plane, in the steps of the stride, told apart by the filter rows (or
/// columns) whose products with them lie inside the plane: near either border fewer than all. Places that agree in
/// that are one class.
class CartesianBorder {
 public:
  /// `filter`: rows (or columns) of a phase of the filter, at least 1; `outputs`: of the plane.
  CartesianBorder(std::int64_t filter, std::int64_t outputs) : filter_(filter), outputs_(outputs) {}

  /// That of the places that meet the whole filter.
  std::int64_t inner() const { return filter_ - 1; }
  std::int64_t classes() const { return of(outputs_ + filter_ - 1) + 1; }
  /// Places before the first that meets the whole filter, those that do, those behind the last one that does, and
  /// those that meet nothing any more.
  std::int64_t of(std::int64_t place) const {
    if (place < filter_ - 1) return place;
    if (place < outputs_) return inner();
    return filter_ + std::min(place, outputs_ + filter_ - 1) - behind();
  }
  /// The filter rows, or columns, whose products with words of a class are kept.
  CartesianSpan kept(std::int64_t border_class) const {
    const std::int64_t place = border_class < filter_ ? border_class : border_class - filter_ + behind();
    const std::int64_t first = std::clamp<std::int64_t>(place - outputs_ + 1, 0, filter_);
    const std::int64_t end = std::clamp<std::int64_t>(place + 1, first, filter_);
    return {first, end - first};
  }

 private:
  std::int64_t behind() const { return std::max(outputs_, filter_ - 1); }

  std::int64_t filter_;
  std::int64_t outputs_;
};

}  // namespace lacuna
