// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace lacuna {

/// What one price model contributes to a figure with its prices at the low end, as stated, and at the high end.
struct PriceEnds {
  double low = 0.0;
  double stated = 0.0;
  double high = 0.0;
};

/// A figure that prices move: what each model contributes, by point, then by model.
struct PricedFigure {
  std::size_t models = 1;
  std::vector<PriceEnds> ends;  ///< points x models
  const PriceEnds* of(std::size_t point) const { return ends.data() + point * models; }
};

/// Points by their figures; less is better in all of them.
struct PricedPoints {
  std::size_t points = 0;
  std::size_t fixed_figures = 0;
  std::vector<double> fixed;         ///< figures that no price moves: points x fixed_figures
  std::vector<PricedFigure> priced;  ///< figures that prices move, each with models of its own
};

/// How a point stands. Prices are a place for every model between its ends.
enum class Standing {
  holds,      ///< on the front at the stated prices, and no other point dominates it at any prices
  contested,  ///< on the front at the stated prices; another point dominates it at some prices
  possible,   ///< off the front at the stated prices, on it at others, which were found
  open,       ///< off the front; no one point dominates it at all prices, and no prices were found that put it there
  dominated,  ///< off the front; one point dominates it at all prices
};

struct PricedStanding {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  Standing standing = Standing::dominated;
  /// Of a contested point: the one among those that dominate it at some prices that can be the furthest below it in the
  /// first figure that prices move.
  std::size_t beaten_by = kNone;
};

/// How each point stands, given the Pareto front at the stated prices (places in ascending order).
///
/// Prices of one model are the same for all points, so what points have in common cancels. A model's contribution
/// between two of its ends is a mixture of the two, so the difference of two points is extreme where every model is at
/// one of its three: `holds`, `contested` and `dominated` are exact. Whether a point is ahead of several others at once
/// is not a matter of pairs: `possible` is shown by prices (every model at one of its three ends) at which no point
/// dominates it. They are looked for by giving more weight to the rivals that it still has, in at most 64 rounds; where
/// none are found, the point is `open`.
std::vector<PricedStanding> priced_standings(const PricedPoints& points, const std::vector<std::size_t>& front);

}  // namespace lacuna
