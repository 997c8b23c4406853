// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/event/lane_times.hpp"

#include <algorithm>

namespace lacuna {

namespace {

LayerShape one_channel(LayerShape shape) {
  shape.C = shape.G = 1;
  return shape;
}

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

LaneSkipLaneTimes::LaneSkipLaneTimes(const LaneSkipSchedule& schedule, const LaneSkipTimingParameters& parameters,
                                     const EventBuffer& operands)
    : schedule_(schedule),
      parameters_(parameters),
      array_(parameters.shape()),
      operands_(operands),
      layout_(one_channel(schedule.shape())) {}

LaneSkipFold LaneSkipLaneTimes::fold(const TiledPass& pass) {
  const LaneSkipDeal deal(array_, schedule_.shape(), pass);
  if (!array_.skips) return base_fold(deal, pass.pixels);
  LaneSkipFold fold;
  fold.issued.assign(at(all_lanes()), 0);
  fold.empty = spent_ = fold.issued;
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  for (std::int64_t image = 0; image < ofmap.images; ++image) {
    count_bricks(pass, deal, ofmap.image + image);
    add_image(pass, deal, fold);
  }
  if (!array_.window_sync) {
    fold.edges = std::max(parameters_.fewest_edges, *std::max_element(spent_.begin(), spent_.end()));
  }
  return fold;
}

LaneSkipFold LaneSkipLaneTimes::base_fold(const LaneSkipDeal& deal, std::int64_t windows) const {
  LaneSkipFold fold;
  for (std::int64_t lane = 0; lane < all_lanes(); ++lane) {
    const std::int64_t channels = lane < deal.lanes ? ceil_div(deal.channels - lane, array_.lanes) : 0;
    fold.issued.push_back(windows * deal.words * channels * parameters_.neuron_edges);
    fold.empty.push_back(0);
  }
  fold.edges = fold.issued.front();
  return fold;
}

void LaneSkipLaneTimes::count_bricks(const TiledPass& pass, const LaneSkipDeal& deal, std::int64_t image) {
  const PhasePlanes& planes = operands_.ifmap(image);
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const LayerShape& shape = schedule_.shape();
  const std::int64_t plane = layout_.words() / (shape.U * shape.U);
  const std::int64_t first = ofmap.row * layout_.pitch();
  const std::int64_t rows = ofmap.rows + (shape.span_height() - 1) / shape.U;
  const std::int64_t end = std::min(plane, first + rows * layout_.pitch());
  bricks_.resize(at(deal.blocks));
  for (std::int64_t block = 0; block < deal.blocks; ++block) {
    std::vector<std::uint8_t>& live = bricks_[at(block)];
    live.assign(at(layout_.words()), 0);
    for (std::int64_t c = 0; c < deal.channels_at(block); ++c) {
      const std::int64_t channel = schedule_.ifmap_tile(pass).channel + deal.first_channel(block) + c;
      const StoredWord* const words = planes.at(channel, 0, 0);
      for (std::int64_t phase = 0; phase < shape.U * shape.U; ++phase) {
        for (std::int64_t i = phase * plane + first; i < phase * plane + end; ++i) {
          live[at(i)] = static_cast<std::uint8_t>(live[at(i)] + (words[i] != 0 ? 1 : 0));
        }
      }
    }
  }
}

void LaneSkipLaneTimes::add_image(const TiledPass& pass, const LaneSkipDeal& deal, LaneSkipFold& fold) {
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const LayerShape& shape = schedule_.shape();
  const std::int64_t length = (ofmap.rows - 1) * layout_.pitch() + ofmap.columns;
  times_.assign(at(array_.lanes), Counts(at(length), 0));
  neurons_ = times_;
  const auto edges_of_neuron = static_cast<std::int32_t>(parameters_.neuron_edges);
  const auto edges_of_empty = static_cast<std::int32_t>(parameters_.empty_brick_edges);
  for (std::int64_t n = 0; n < deal.positions; ++n) {
    const std::int64_t word = n / deal.blocks;
    const std::int64_t from = layout_.index(0, word / shape.S * shape.D, word % shape.S * shape.D);
    const std::uint8_t* const live = bricks_[at(n % deal.blocks)].data() + from + ofmap.row * layout_.pitch();
    std::int32_t* const time = times_[at(n % array_.lanes)].data();
    std::int32_t* const neurons = neurons_[at(n % array_.lanes)].data();
    for (std::int64_t i = 0; i < length; ++i) {
      const std::int32_t count = live[i];
      neurons[i] += count * edges_of_neuron;
      time[i] += count == 0 ? edges_of_empty : count * edges_of_neuron;
    }
  }
  take_windows(ofmap, fold);
}

void LaneSkipLaneTimes::take_windows(const FeatureTile& ofmap, LaneSkipFold& fold) {
  for (std::int64_t row = 0; row < ofmap.rows; ++row) {
    const std::int64_t first = row * layout_.pitch();
    Counts slowest(at(ofmap.columns), static_cast<std::int32_t>(parameters_.fewest_edges));
    for (std::size_t lane = 0; lane < times_.size(); ++lane) {
      const std::int32_t* const time = times_[lane].data() + first;
      const std::int32_t* const neurons = neurons_[lane].data() + first;
      std::int64_t all = 0;
      std::int64_t issued = 0;
      for (std::size_t x = 0; x < slowest.size(); ++x) {
        slowest[x] = std::max(slowest[x], time[x]);
        all += time[x];
        issued += neurons[x];
      }
      spent_[lane] += all;
      fold.issued[lane] += issued;
      fold.empty[lane] += all - issued;
    }
    for (std::size_t x = 0; array_.window_sync && x < slowest.size(); ++x) fold.edges += slowest[x];
  }
}

}  // namespace lacuna
