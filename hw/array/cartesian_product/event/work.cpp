// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/work.hpp"

#include <algorithm>
#include <numeric>

namespace lacuna {

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

std::int64_t sum(const CartesianLanes& lanes) { return std::accumulate(lanes.begin(), lanes.end(), std::int64_t{0}); }

/// The filter rows, or columns, whose product with a word lies inside the plane.
CartesianSpan kept(std::int64_t place, std::int64_t filter, std::int64_t outputs) {
  const std::int64_t first = std::clamp<std::int64_t>(place - outputs + 1, 0, filter);
  const std::int64_t end = std::clamp<std::int64_t>(place + 1, first, filter);
  return {first, end - first};
}

}  // namespace

CartesianWork::CartesianWork(const CartesianSchedule& schedule, const CartesianTimingParameters& parameters,
                             const Mac& mac, const EventBuffer& operands)
    : schedule_(schedule),
      parameters_(parameters),
      array_(parameters.shape()),
      operands_(operands),
      gating_(schedule.gating),
      gates_(array_.dense && (gating_.on_activation || gating_.on_weight)),
      activations_(schedule, array_, operands),
      weights_(schedule, array_, mac, operands),
      times_(array_, parameters.product_edges),
      products_(at(array_.pes())) {}

CartesianPassWork CartesianWork::run(const TiledPass& pass) {
  CartesianPassWork work;
  work.pe_edges.assign(at(array_.pes()), 0);
  if (is_fc(schedule_.shape())) {
    run_fc(pass, work);
  } else {
    activations_.read(pass);
    weights_.read(pass);
    for (std::int64_t channel = 0; channel < schedule_.shape().C; ++channel) run_channel(pass, channel, work);
  }
  if (!array_.channel_barrier || is_fc(schedule_.shape())) {
    work.edges = *std::max_element(work.pe_edges.begin(), work.pe_edges.end());
  }
  work.edges = std::max(work.edges, parameters_.fewest_edges);
  return work;
}

void CartesianWork::run_channel(const TiledPass& pass, std::int64_t channel, CartesianPassWork& work) {
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const std::int64_t phases = schedule_.shape().U * schedule_.shape().U;
  channel_edges_.assign(at(array_.pes()), 0);
  std::int64_t once = 0;
  std::int64_t again = 0;
  for (std::int64_t phase = 0; phase < phases; ++phase) {
    const CartesianWeights::Block& with = weights_.block(channel, phase);
    if (with.vectors == 0) continue;
    times_.meet(weights_, with, ofmap);
    std::int64_t most = 0;
    for (std::int64_t pe = 0; pe < array_.pes(); ++pe) {
      const CartesianActivations::Block& block = activations_.block(channel, phase, pe);
      if (block.vectors == 0) continue;
      most = std::max(most, block.vectors);
      const std::int64_t pairs = block.vectors * with.vectors;
      work.pairs += pairs;
      work.activation_vectors += block.vectors;
      products_[at(pe)].pairs += pairs;
      channel_edges_[at(pe)] +=
          array_.bank_stall ? times_.edges(activations_, block) : pairs * parameters_.product_edges;
      meet(pe, block, with, ofmap, work);
    }
    once += most > 0 ? with.vectors : 0;
    again += most * with.vectors;
  }
  const std::int64_t sent = once <= array_.fifo ? once : again;
  work.broadcasts += sent;
  work.fifo_writes += sent * schedule_.grid(pass).used_pes();
  for (std::size_t pe = 0; pe < channel_edges_.size(); ++pe) work.pe_edges[pe] += channel_edges_[pe];
  if (array_.channel_barrier) work.edges += *std::max_element(channel_edges_.begin(), channel_edges_.end());
}

void CartesianWork::meet(std::int64_t pe, const CartesianActivations::Block& block, const CartesianWeights::Block& with,
                         const FeatureTile& ofmap, CartesianPassWork& work) {
  Products& products = products_[at(pe)];
  const CartesianLanes& active = gating_.on_activation ? block.not_zero : block.live;
  const CartesianLanes& active_with = gating_.on_weight ? with.not_zero : with.live;
  for (std::int64_t f = 0; f < array_.filter_lanes; ++f) {
    for (std::int64_t i = 0; i < array_.ifmap_lanes; ++i) {
      const std::size_t index = at(f * array_.ifmap_lanes + i);
      products.all[index] += std::int64_t{block.live[at(i)]} * with.live[at(f)];
      if (gates_) products.active[index] += std::int64_t{active[at(i)]} * active_with[at(f)];
    }
  }
  const std::int64_t formed = sum(block.live) * sum(with.live);
  work.products += formed;
  work.macs += formed;
  if (block.meets_all) return;
  const CartesianActivation* const words = activations_.words(block);
  for (std::int64_t word = 0; word < block.words; ++word) {
    if (words[word].filler || words[word].meets_all) continue;
    const CartesianSpan r = kept(words[word].row, with.rows, ofmap.rows);
    const CartesianSpan s = kept(words[word].column, with.columns, ofmap.columns);
    for (std::int64_t f = 0; f < array_.filter_lanes; ++f) {
      const std::size_t index = at(f * array_.ifmap_lanes + word % array_.ifmap_lanes);
      const std::int64_t dropped = with.live[at(f)] - weights_.live(with, f, r, s);
      products.dropped[index] += dropped;
      work.macs -= dropped;
      if (!gates_ || (gating_.on_activation && words[word].zero)) continue;
      products.active_dropped[index] +=
          active_with[at(f)] - (gating_.on_weight ? weights_.not_zero(with, f, r, s) : weights_.live(with, f, r, s));
    }
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

void CartesianWork::count_column(const TiledPass& pass, std::int64_t tap, bool zero, Products& products,
                                 CartesianPassWork& work) {
  const StoredWord* const weights = operands_.filters().data() + schedule_.first_filter(pass) * pass.taps + tap;
  std::int64_t words = 0;
  std::int64_t zeros = 0;
  for (std::int64_t k = 0; k < pass.filters; ++k) {
    const bool zero_weight = weights_.is_zero(weights[k * pass.taps]);
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
  work.macs = work.products;
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
