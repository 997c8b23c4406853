// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/weights.hpp"

namespace lacuna {

CartesianWeights::CartesianWeights(const CartesianSchedule& schedule, const CartesianShape& array, const Mac& mac,
                                   const EventBuffer& operands)
    : schedule_(schedule),
      array_(array),
      mac_(mac),
      operands_(operands),
      phases_(schedule.shape().U * schedule.shape().U),
      is_zero_(std::size_t{1} << 16, kUnknown) {}

void CartesianWeights::read(const TiledPass& pass) {
  if (pass.filter_tile == tile_) return;
  tile_ = pass.filter_tile;
  blocks_.clear();
  places_.clear();
  live_sums_.clear();
  not_zero_sums_.clear();
  read_zeros(pass);
  for (std::int64_t channel = 0; channel < schedule_.shape().C; ++channel) {
    for (std::int64_t phase = 0; phase < phases_; ++phase) read_block(pass, channel, phase);
  }
}

void CartesianWeights::read_zeros(const TiledPass& pass) {
  zeros_.resize(static_cast<std::size_t>(pass.taps * pass.filters));
  const StoredWord* weights = operands_.filters().data() + schedule_.first_filter(pass) * pass.taps;
  for (std::int64_t k = 0; k < pass.filters; ++k, weights += pass.taps) {
    std::uint8_t* to = zeros_.data() + k;
    for (std::int64_t tap = 0; tap < pass.taps; ++tap, to += pass.filters) *to = is_zero(weights[tap]) ? 1 : 0;
  }
}

void CartesianWeights::read_block(const TiledPass& pass, std::int64_t channel, std::int64_t phase) {
  const LayerShape& shape = schedule_.shape();
  const std::int64_t a = phase / shape.U;
  const std::int64_t b = phase % shape.U;
  Block block;
  block.first = places_.size();
  block.rows = a < shape.R ? ceil_div(shape.R - a, shape.U) : 0;
  block.columns = b < shape.S ? ceil_div(shape.S - b, shape.U) : 0;
  block.sums = live_sums_.size();
  const std::int64_t pitch = (block.rows + 1) * (block.columns + 1);
  live_sums_.resize(block.sums + static_cast<std::size_t>(array_.filter_lanes * pitch), 0);
  not_zero_sums_.resize(live_sums_.size(), 0);
  std::int64_t run = 0;
  std::int64_t words = 0;
  for (std::int64_t tap = 0; tap < block.rows * block.columns; ++tap) {
    const std::int64_t r = tap / block.columns;
    const std::int64_t s = tap % block.columns;
    const std::int64_t of_pass = (channel * shape.R + r * shape.U + a) * shape.S + s * shape.U + b;
    const std::uint8_t* const zeros = zeros_.data() + of_pass * pass.filters;
    const std::size_t sum = block.sums + static_cast<std::size_t>((r + 1) * (block.columns + 1) + s + 1);
    for (std::int64_t k = 0; k < pass.filters; ++k) {
      if (zeros[k] != 0 && !array_.dense) {
        ++run;
        continue;
      }
      const std::int64_t fillers = array_.fillers(run);
      places_.insert(places_.end(), static_cast<std::size_t>(fillers), 0);
      words += fillers;
      run = 0;
      const std::int64_t lane = words++ % array_.filter_lanes;
      places_.push_back(static_cast<std::uint32_t>(1 + 8 * tap + k % 8));
      ++block.live[static_cast<std::size_t>(lane)];
      ++live_sums_[sum + static_cast<std::size_t>(lane * pitch)];
      if (zeros[k] != 0) continue;
      ++block.not_zero[static_cast<std::size_t>(lane)];
      ++not_zero_sums_[sum + static_cast<std::size_t>(lane * pitch)];
    }
  }
  block.vectors = ceil_div(words, array_.filter_lanes);
  places_.resize(block.first + static_cast<std::size_t>(block.vectors * array_.filter_lanes), 0);
  add_up(live_sums_, block);
  add_up(not_zero_sums_, block);
  blocks_.push_back(block);
}

void CartesianWeights::add_up(std::vector<std::int32_t>& sums, const Block& block) const {
  const std::int64_t pitch = block.columns + 1;
  for (std::int64_t lane = 0; lane < array_.filter_lanes; ++lane) {
    std::int32_t* const own = sums.data() + block.sums + lane * (block.rows + 1) * pitch;
    for (std::int64_t r = 1; r <= block.rows; ++r) {
      for (std::int64_t s = 1; s <= block.columns; ++s) {
        own[r * pitch + s] += own[(r - 1) * pitch + s] + own[r * pitch + s - 1] - own[(r - 1) * pitch + s - 1];
      }
    }
  }
}

std::int64_t CartesianWeights::within(const std::vector<std::int32_t>& sums, const Block& block, std::int64_t lane,
                                      const CartesianSpan& r, const CartesianSpan& s) const {
  const std::int64_t pitch = block.columns + 1;
  const std::int32_t* const own = sums.data() + block.sums + lane * (block.rows + 1) * pitch;
  const std::int32_t* const above = own + r.first * pitch;
  const std::int32_t* const below = own + (r.first + r.count) * pitch;
  return below[s.first + s.count] - below[s.first] - above[s.first + s.count] + above[s.first];
}

}  // namespace lacuna
