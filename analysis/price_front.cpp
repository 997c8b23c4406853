// SPDX-License-Identifier: Apache-2.0
#include "analysis/price_front.hpp"

#include <algorithm>
#include <array>

namespace lacuna {
namespace {

constexpr int kRounds = 64;
constexpr double kMoreWeight = 1.25;

/// Which end each model of each priced figure is at: 0 low, 1 stated, 2 high.
using Prices = std::vector<std::vector<int>>;

double end_of(const PriceEnds& ends, int end) { return end == 0 ? ends.low : end == 1 ? ends.stated : ends.high; }

std::array<double, 3> difference(const PriceEnds& a, const PriceEnds& b) {
  return {a.low - b.low, a.stated - b.stated, a.high - b.high};
}

class Standings {
 public:
  Standings(const PricedPoints& points, const std::vector<std::size_t>& front) : all_(points), front_(front) {}

  std::vector<PricedStanding> find();

 private:
  /// Differences of two points in the fixed figures.
  struct Fixed {
    bool worse = false;   ///< in some figure
    bool better = false;  ///< in some figure
  };
  Fixed fixed(std::size_t a, std::size_t b) const;
  double least(const PricedFigure& figure, std::size_t a, std::size_t b) const;
  double most(const PricedFigure& figure, std::size_t a, std::size_t b) const;
  bool dominates_somewhere(std::size_t a, std::size_t b) const;
  bool dominates_everywhere(std::size_t a, std::size_t b) const;
  bool dominates_at(const Prices& prices, std::size_t a, std::size_t b) const;
  void find_survivors();
  std::size_t strongest_rival(std::size_t point) const;
  bool is_possible(std::size_t point) const;
  Prices best_for(std::size_t point, const std::vector<std::size_t>& rivals, const std::vector<double>& weights) const;

  const PricedPoints& all_;
  const std::vector<std::size_t>& front_;
  /// Points that none dominates at all prices. Whatever dominates a point at some prices, one of these does so too.
  std::vector<std::size_t> survivors_;
};

Standings::Fixed Standings::fixed(std::size_t a, std::size_t b) const {
  Fixed result;
  for (std::size_t i = 0; i < all_.fixed_figures; ++i) {
    const double of_a = all_.fixed[a * all_.fixed_figures + i];
    const double of_b = all_.fixed[b * all_.fixed_figures + i];
    result.worse = result.worse || of_a > of_b;
    result.better = result.better || of_a < of_b;
  }
  return result;
}

/// The least that `a` less `b` can be.
double Standings::least(const PricedFigure& figure, std::size_t a, std::size_t b) const {
  double sum = 0.0;
  for (std::size_t model = 0; model < figure.models; ++model) {
    const std::array<double, 3> ends = difference(figure.of(a)[model], figure.of(b)[model]);
    sum += *std::min_element(ends.begin(), ends.end());
  }
  return sum;
}

double Standings::most(const PricedFigure& figure, std::size_t a, std::size_t b) const { return -least(figure, b, a); }

/// Figures share no model, so each can be at its own least at once.
bool Standings::dominates_somewhere(std::size_t a, std::size_t b) const {
  const Fixed known = fixed(a, b);
  if (known.worse) return false;
  bool better = known.better;
  for (const PricedFigure& figure : all_.priced) {
    const double difference = least(figure, a, b);
    if (difference > 0.0) return false;
    better = better || difference < 0.0;
  }
  return better;
}

bool Standings::dominates_everywhere(std::size_t a, std::size_t b) const {
  const Fixed known = fixed(a, b);
  if (known.worse) return false;
  bool better = known.better;
  for (const PricedFigure& figure : all_.priced) {
    const double difference = most(figure, a, b);
    if (difference > 0.0) return false;
    better = better || difference < 0.0;
  }
  return better;
}

bool Standings::dominates_at(const Prices& prices, std::size_t a, std::size_t b) const {
  const Fixed known = fixed(a, b);
  if (known.worse) return false;
  bool better = known.better;
  for (std::size_t i = 0; i < all_.priced.size(); ++i) {
    const PricedFigure& figure = all_.priced[i];
    double difference = 0.0;
    for (std::size_t model = 0; model < figure.models; ++model) {
      difference += end_of(figure.of(a)[model], prices[i][model]) - end_of(figure.of(b)[model], prices[i][model]);
    }
    if (difference > 0.0) return false;
    better = better || difference < 0.0;
  }
  return better;
}

void Standings::find_survivors() {
  std::vector<std::size_t> order = front_;  // these dominate most
  std::size_t next = 0;
  for (std::size_t point = 0; point < all_.points; ++point) {
    if (next < front_.size() && front_[next] == point) {
      ++next;
    } else {
      order.push_back(point);
    }
  }
  for (const std::size_t point : order) {
    const bool beaten = std::any_of(survivors_.begin(), survivors_.end(),
                                    [&](std::size_t other) { return dominates_everywhere(other, point); });
    if (beaten) continue;
    const auto gone = std::remove_if(survivors_.begin(), survivors_.end(),
                                     [&](std::size_t other) { return dominates_everywhere(point, other); });
    survivors_.erase(gone, survivors_.end());
    survivors_.push_back(point);
  }
}

std::size_t Standings::strongest_rival(std::size_t point) const {
  std::size_t strongest = PricedStanding::kNone;
  double lead = 0.0;
  for (const std::size_t other : survivors_) {
    if (other == point || !dominates_somewhere(other, point)) continue;
    const double difference = least(all_.priced.front(), other, point);
    if (strongest != PricedStanding::kNone && difference >= lead) continue;
    strongest = other;
    lead = difference;
  }
  return strongest;
}

/// The prices at which the point is furthest below its rivals, by their weights together.
Prices Standings::best_for(std::size_t point, const std::vector<std::size_t>& rivals,
                           const std::vector<double>& weights) const {
  Prices prices;
  for (const PricedFigure& figure : all_.priced) {
    std::vector<int>& ends_of_models = prices.emplace_back();
    for (std::size_t model = 0; model < figure.models; ++model) {
      std::array<double, 3> sums = {0.0, 0.0, 0.0};
      for (std::size_t i = 0; i < rivals.size(); ++i) {
        const std::array<double, 3> ends = difference(figure.of(point)[model], figure.of(rivals[i])[model]);
        for (std::size_t end = 0; end < ends.size(); ++end) sums[end] += weights[i] * ends[end];
      }
      ends_of_models.push_back(static_cast<int>(std::min_element(sums.begin(), sums.end()) - sums.begin()));
    }
  }
  return prices;
}

bool Standings::is_possible(std::size_t point) const {
  std::vector<std::size_t> rivals;
  for (const std::size_t other : survivors_) {
    if (other != point && dominates_somewhere(other, point)) rivals.push_back(other);
  }
  std::vector<double> weights(rivals.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    const Prices prices = best_for(point, rivals, weights);
    bool beaten = false;
    for (std::size_t i = 0; i < rivals.size(); ++i) {
      if (!dominates_at(prices, rivals[i], point)) continue;
      weights[i] *= kMoreWeight;
      beaten = true;
    }
    if (!beaten) return true;
  }
  return false;
}

std::vector<PricedStanding> Standings::find() {
  std::vector<PricedStanding> standings(all_.points);
  for (const std::size_t point : front_) standings[point].standing = Standing::holds;
  if (all_.priced.empty()) return standings;
  find_survivors();
  for (const std::size_t point : survivors_) {
    PricedStanding& own = standings[point];
    if (own.standing == Standing::holds) {
      own.beaten_by = strongest_rival(point);
      if (own.beaten_by != PricedStanding::kNone) own.standing = Standing::contested;
    } else {
      own.standing = is_possible(point) ? Standing::possible : Standing::open;
    }
  }
  return standings;
}

}  // namespace

std::vector<PricedStanding> priced_standings(const PricedPoints& points, const std::vector<std::size_t>& front) {
  return Standings(points, front).find();
}

}  // namespace lacuna
