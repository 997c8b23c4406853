// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/work.hpp"

#include <algorithm>
#include <numeric>

namespace lacuna {

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

void add_lanes(const std::uint32_t* from, std::size_t lanes, std::int64_t* to) {
  for (std::size_t group = 0; group < lanes; group += kLaneGroup) {
    for (std::size_t lane = group; lane < group + kLaneGroup; ++lane) to[lane] += from[lane];
  }
}

}  // namespace

CartesianWork::CartesianWork(const CartesianSchedule& schedule, const CartesianTimingParameters& parameters,
                             const ArraySetup& setup)
    : schedule_(schedule),
      parameters_(parameters),
      array_(parameters.shape()),
      operands_(*setup.operands),
      mac_(*setup.mac),
      gating_(schedule.gating),
      gates_(array_.dense && (gating_.on_activation || gating_.on_weight)),
      activations_(schedule, array_, operands_, array_.bank_stall),
      weights_(known_weights(schedule.shape(), array_, operands_.filters(),
                             operands_.filters_in_place() ? setup.filters_owner : std::weak_ptr<const void>(), mac_)),
      pitch_(lane_pitch(array_.filter_lanes)),
      times_(array_, parameters.product_edges),
      products_(at(array_.pes())),
      pairs_(products_.size()) {}

CartesianPassWork CartesianWork::run(std::int64_t index) {
  const TiledPass& pass = schedule_.at(index);
  CartesianPassWork work;
  work.pe_edges.assign(at(array_.pes()), 0);
  if (pass.filter_tile != filter_tile_ && !operands_.filters_in_place()) weights_->forget();  // others have come
  filter_tile_ = pass.filter_tile;
  if (is_fc(schedule_.shape())) {
    run_fc(pass, work);
  } else {
    activations_.read(pass);
    const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
    const CartesianWeights& weights = weights_->of({schedule_.first_filter(pass), pass.filters, ofmap.rows}, mac_);
    count_vectors(pass, weights, work);
    count_pairs(weights, work);
    met_.add(weights);
    const bool last = index + 1 == schedule_.passes || schedule_.at(index + 1).ifmap_tile != pass.ifmap_tile;
    if (last) work.dropped = count_tile(weights);
    if (array_.bank_stall || array_.channel_barrier) {
      time_channels(weights, ofmap, work);
    } else {
      for (std::size_t pe = 0; pe < products_.size(); ++pe) work.pe_edges[pe] = pairs_[pe] * parameters_.product_edges;
    }
  }
  if (!array_.channel_barrier || is_fc(schedule_.shape())) {
    work.edges = *std::max_element(work.pe_edges.begin(), work.pe_edges.end());
  }
  work.edges = std::max(work.edges, parameters_.fewest_edges);
  return work;
}

void CartesianWork::count_vectors(const TiledPass& pass, const CartesianWeights& weights, CartesianPassWork& work) {
  const std::int64_t phases = schedule_.shape().U * schedule_.shape().U;
  const std::vector<CartesianActivations::Plane>& planes = activations_.planes();
  for (std::int64_t channel = 0; channel < schedule_.shape().C; ++channel) {
    std::int64_t once = 0;
    std::int64_t again = 0;
    for (std::int64_t plane = channel * phases; plane < (channel + 1) * phases; ++plane) {
      const std::int64_t vectors = weights.block(plane).vectors;
      if (vectors == 0 || planes[at(plane)].vectors == 0) continue;
      work.activation_vectors += planes[at(plane)].vectors;
      once += vectors;
      again += planes[at(plane)].most_vectors * vectors;
    }
    work.broadcasts += once <= array_.fifo ? once : again;
  }
  work.fifo_writes = work.broadcasts * schedule_.grid(pass).used_pes();
}

void CartesianWork::count_pairs(const CartesianWeights& weights, CartesianPassWork& work) {
  const std::vector<double> pairs = sum_products(activations_.vectors(), weights.vectors(), kLaneGroup);
  for (std::size_t pe = 0; pe < products_.size(); ++pe) {
    pairs_[pe] = static_cast<std::int64_t>(pairs[pe]);
    products_[pe].pairs += pairs_[pe];
    work.pairs += pairs_[pe];
  }
  for (std::size_t plane = 0; plane < activations_.planes().size(); ++plane) {
    const auto live = weights.live().begin() + static_cast<std::ptrdiff_t>(plane * pitch_);
    const double words = std::accumulate(live, live + static_cast<std::ptrdiff_t>(pitch_), 0.0);
    work.products += activations_.planes()[plane].words * static_cast<std::int64_t>(words);
  }
}

std::int64_t CartesianWork::count_tile(const CartesianWeights& weights) {
  count_products();
  const std::int64_t dropped = count_dropped(weights);
  met_.clear();
  return dropped;
}

void CartesianWork::count_products() {
  for (std::int64_t i = 0; i < array_.ifmap_lanes; ++i) {
    add_products(activations_.live(i), met_.live, i, &Products::all);
    if (!gates_) continue;
    add_products(gating_.on_activation ? activations_.not_zero(i) : activations_.live(i),
                 gating_.on_weight ? met_.not_zero : met_.live, i, &Products::active);
  }
}

void CartesianWork::add_products(const CartesianLaneCounts& counts, const std::vector<double>& weights,
                                 std::int64_t ifmap_lane, ByMultiplier Products::*to) {
  const std::vector<double> sums = sum_products(counts, weights, pitch_);
  for (std::size_t pe = 0; pe < products_.size(); ++pe) {
    for (std::int64_t f = 0; f < array_.filter_lanes; ++f) {
      const auto sum = static_cast<std::int64_t>(sums[at(f * counts.pitch()) + pe]);
      (products_[pe].*to)[at(f * array_.ifmap_lanes + ifmap_lane)] += sum;
    }
  }
}

std::int64_t CartesianWork::count_dropped(const CartesianWeights& weights) {
  Dropped all(products_.size() * at(array_.ifmap_lanes) * pitch_, 0);
  Dropped active(gates_ ? all.size() : 0, 0);
  const std::vector<std::uint32_t>& not_gated = gating_.on_weight ? met_.dropped_not_zero : met_.dropped;
  for (std::size_t index = 0; index < activations_.planes().size(); ++index) {
    const CartesianActivations::Plane& plane = activations_.planes()[index];
    const CartesianWeights::Block& with = weights.block(static_cast<std::int64_t>(index));
    if (with.rows == 0 || with.columns == 0) continue;
    const CartesianBorderWord* const words = activations_.borders(plane);
    for (std::size_t k = 0; k < plane.borders; ++k) {
      const std::size_t from = with.dropped + at(words[k].border) * pitch_;
      const std::size_t to = at(words[k].pe * array_.ifmap_lanes + words[k].lane) * pitch_;
      add_lanes(met_.dropped.data() + from, pitch_, all.data() + to);
      if (!gates_ || (gating_.on_activation && words[k].zero)) continue;
      add_lanes(not_gated.data() + from, pitch_, active.data() + to);
    }
  }
  for (std::size_t pe = 0; pe < products_.size(); ++pe) {
    add_dropped(all, pe, products_[pe].dropped);
    if (gates_) add_dropped(active, pe, products_[pe].active_dropped);
  }
  return std::accumulate(all.begin(), all.end(), std::int64_t{0});
}

void CartesianWork::add_dropped(const Dropped& dropped, std::size_t pe, ByMultiplier& to) const {
  for (std::int64_t i = 0; i < array_.ifmap_lanes; ++i) {
    const std::int64_t* const from = dropped.data() + (pe * at(array_.ifmap_lanes) + at(i)) * pitch_;
    for (std::int64_t f = 0; f < array_.filter_lanes; ++f) to[at(f * array_.ifmap_lanes + i)] += from[f];
  }
}

void CartesianWork::time_channels(const CartesianWeights& weights, const FeatureTile& ofmap, CartesianPassWork& work) {
  const std::int64_t phases = schedule_.shape().U * schedule_.shape().U;
  for (std::int64_t channel = 0; channel < schedule_.shape().C; ++channel) {
    channel_edges_.assign(at(array_.pes()), 0);
    for (std::int64_t plane = channel * phases; plane < (channel + 1) * phases; ++plane) {
      const CartesianWeights::Block& with = weights.block(plane);
      if (with.vectors == 0) continue;
      times_.meet(weights, with, ofmap);
      for (std::int64_t pe = 0; pe < array_.pes(); ++pe) {
        channel_edges_[at(pe)] += array_.bank_stall
                                      ? times_.edges(activations_, activations_.block(plane, pe))
                                      : activations_.vectors_of(plane, pe) * with.vectors * parameters_.product_edges;
      }
    }
    for (std::size_t pe = 0; pe < channel_edges_.size(); ++pe) work.pe_edges[pe] += channel_edges_[pe];
    if (array_.channel_barrier) work.edges += *std::max_element(channel_edges_.begin(), channel_edges_.end());
  }
}

/// Input j goes to PE j mod PEs, where it meets its column of weights, a vector at a time.
void CartesianWork::run_fc(const TiledPass& pass, CartesianPassWork& work) {
  const LayerShape& shape = schedule_.shape();
  const PhasePlanes& planes = operands_.ifmap(schedule_.ofmap_tile(pass).image);
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    const std::int64_t channel = schedule_.ifmap_tile(pass).channel + tap / (shape.R * shape.S);
    const bool zero = *planes.at(channel, tap / shape.S % shape.R, tap % shape.S) == 0;
    if (zero && !array_.dense) continue;
    const std::int64_t pe = tap % array_.pes();
    const std::int64_t before = work.pairs;
    count_column(pass, tap, zero, products_[at(pe)], work);
    products_[at(pe)].pairs += work.pairs - before;
    work.pe_edges[at(pe)] += (work.pairs - before) * parameters_.product_edges;
  }
  work.broadcasts = work.fifo_writes = work.pairs;
}

std::int64_t CartesianWork::stored_weights(const TiledPass& pass) {
  if (!schedule_.stores_non_zeros) return pass.taps * pass.filters;
  const StoredWord* const weights = operands_.filters().data() + schedule_.first_filter(pass) * pass.taps;
  return std::count_if(weights, weights + pass.taps * pass.filters,
                       [this](StoredWord weight) { return !weights_->is_zero(weight, mac_); });
}

void CartesianWork::count_column(const TiledPass& pass, std::int64_t tap, bool zero, Products& products,
                                 CartesianPassWork& work) {
  const StoredWord* const weights = operands_.filters().data() + schedule_.first_filter(pass) * pass.taps + tap;
  std::int64_t words = 0;
  std::int64_t zeros = 0;
  for (std::int64_t k = 0; k < pass.filters; ++k) {
    const bool zero_weight = weights_->is_zero(weights[k * pass.taps], mac_);
    if (zero_weight && !array_.dense) {
      ++zeros;
      continue;
    }
    words += array_.fillers(zeros);
    zeros = 0;
    const std::size_t index = at(words++ % array_.filter_lanes * array_.ifmap_lanes);
    ++products.all[index];
    ++work.products;
    const bool gated = (gating_.on_activation && zero) || (gating_.on_weight && zero_weight);
    if (gates_ && !gated) ++products.active[index];
  }
  work.pairs += ceil_div(words, array_.filter_lanes);
  if (words > 0) ++work.activation_vectors;
}

std::vector<std::vector<CartesianMultiplier>> CartesianWork::multipliers() const {
  std::vector<std::vector<CartesianMultiplier>> all;
  for (const Products& products : products_) {
    all.emplace_back();
    for (std::size_t index = 0; index < at(array_.multipliers()); ++index) {
      CartesianMultiplier one;
      one.performed = gates_ ? products.active[index] : products.all[index];
      one.gated = products.all[index] - one.performed;
      one.dropped_performed = gates_ ? products.active_dropped[index] : products.dropped[index];
      one.dropped_gated = products.dropped[index] - one.dropped_performed;
      one.lane = products.pairs - products.all[index];
      all.back().push_back(one);
    }
  }
  return all;
}

}  // namespace lacuna
