// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/weights.hpp"

#include <algorithm>
#include <functional>

#include "hw/base/bounded_memo.hpp"

namespace lacuna {

CartesianWeights::CartesianWeights(const LayerShape& shape, const CartesianShape& array, const Group& group,
                                   const std::vector<std::uint8_t>& zeros)
    : group_(group), lanes_(array.filter_lanes), pitch_(lane_pitch(lanes_)) {
  for (std::int64_t channel = 0; channel < shape.C; ++channel) {
    for (std::int64_t phase = 0; phase < shape.U * shape.U; ++phase) read_block(shape, array, zeros, channel, phase);
  }
  for (const Block& block : blocks_) {
    vectors_.push_back(static_cast<double>(block.vectors));
    vectors_.resize(vectors_.size() + kLaneGroup - 1, 0);
    live_.insert(live_.end(), block.live.begin(), block.live.begin() + static_cast<std::ptrdiff_t>(pitch_));
    not_zero_.insert(not_zero_.end(), block.not_zero.begin(),
                     block.not_zero.begin() + static_cast<std::ptrdiff_t>(pitch_));
  }
}

void CartesianWeights::read_block(const LayerShape& shape, const CartesianShape& array,
                                  const std::vector<std::uint8_t>& zeros_by_tap, std::int64_t channel,
                                  std::int64_t phase) {
  const std::int64_t a = phase / shape.U;
  const std::int64_t b = phase % shape.U;
  Block block;
  block.first = places_.size();
  block.dropped = dropped_.size();
  block.rows = a < shape.R ? ceil_div(shape.R - a, shape.U) : 0;
  block.columns = b < shape.S ? ceil_div(shape.S - b, shape.U) : 0;
  const std::int64_t pitch = (block.rows + 1) * (block.columns + 1);
  live_sums_.assign(static_cast<std::size_t>(lanes_ * pitch), 0);
  not_zero_sums_ = live_sums_;
  std::int64_t run = 0;
  std::int64_t words = 0;
  for (std::int64_t tap = 0; tap < block.rows * block.columns; ++tap) {
    const std::int64_t r = tap / block.columns;
    const std::int64_t s = tap % block.columns;
    const std::int64_t of_layer = (channel * shape.R + r * shape.U + a) * shape.S + s * shape.U + b;
    const std::uint8_t* const zeros = zeros_by_tap.data() + of_layer * group_.filters;
    const auto sum = static_cast<std::size_t>((r + 1) * (block.columns + 1) + s + 1);
    for (std::int64_t k = 0; k < group_.filters; ++k) {
      if (zeros[k] != 0 && !array.dense) {
        ++run;
        continue;
      }
      const std::int64_t fillers = array.fillers(run);
      places_.insert(places_.end(), static_cast<std::size_t>(fillers), 0);
      words += fillers;
      run = 0;
      const std::int64_t lane = words++ % lanes_;
      places_.push_back(static_cast<std::uint32_t>(1 + 8 * tap + k % 8));
      ++block.live[static_cast<std::size_t>(lane)];
      ++live_sums_[sum + static_cast<std::size_t>(lane * pitch)];
      if (zeros[k] != 0) continue;
      ++block.not_zero[static_cast<std::size_t>(lane)];
      ++not_zero_sums_[sum + static_cast<std::size_t>(lane * pitch)];
    }
  }
  block.vectors = ceil_div(words, lanes_);
  places_.resize(block.first + static_cast<std::size_t>(block.vectors * lanes_), 0);
  drop(live_sums_, block.live, shape, block, dropped_);
  if (array.dense) drop(not_zero_sums_, block.not_zero, shape, block, dropped_not_zero_);
  blocks_.push_back(block);
}

void CartesianWeights::add_up(std::vector<std::int32_t>& sums, const Block& block) const {
  const std::int64_t pitch = block.columns + 1;
  for (std::int64_t lane = 0; lane < lanes_; ++lane) {
    std::int32_t* const own = sums.data() + lane * (block.rows + 1) * pitch;
    for (std::int64_t r = 1; r <= block.rows; ++r) {
      for (std::int64_t s = 1; s <= block.columns; ++s) {
        own[r * pitch + s] += own[(r - 1) * pitch + s] + own[r * pitch + s - 1] - own[(r - 1) * pitch + s - 1];
      }
    }
  }
}

std::int32_t CartesianWeights::within(const std::vector<std::int32_t>& sums, const Block& block, std::int64_t lane,
                                      const CartesianSpan& r, const CartesianSpan& s) const {
  const std::int64_t pitch = block.columns + 1;
  const std::int32_t* const own = sums.data() + lane * (block.rows + 1) * pitch;
  const std::int32_t* const above = own + r.first * pitch;
  const std::int32_t* const below = own + (r.first + r.count) * pitch;
  return below[s.first + s.count] - below[s.first] - above[s.first + s.count] + above[s.first];
}

void CartesianWeights::drop(const std::vector<std::int32_t>& counts, const CartesianLanes& all, const LayerShape& shape,
                            const Block& block, std::vector<std::uint32_t>& dropped) const {
  if (block.rows == 0 || block.columns == 0) return;
  std::vector<std::int32_t> sums = counts;
  add_up(sums, block);
  const CartesianBorder rows(block.rows, group_.ofmap_rows);
  const CartesianBorder columns(block.columns, shape.F());
  for (std::int64_t row = 0; row < rows.classes(); ++row) {
    for (std::int64_t column = 0; column < columns.classes(); ++column) {
      for (std::int64_t lane = 0; lane < lanes_; ++lane) {
        const std::int32_t kept = within(sums, block, lane, rows.kept(row), columns.kept(column));
        dropped.push_back(static_cast<std::uint32_t>(all[static_cast<std::size_t>(lane)] - kept));
      }
      dropped.resize(dropped.size() + pitch_ - static_cast<std::size_t>(lanes_), 0);
    }
  }
}

std::size_t CartesianWeights::bytes() const {
  return sizeof(*this) + blocks_.size() * sizeof(Block) +
         (vectors_.size() + live_.size() + not_zero_.size()) * sizeof(double) +
         (places_.size() + dropped_.size() + dropped_not_zero_.size()) * sizeof(std::int32_t);
}

namespace {

template <class Number>
void add_to(std::vector<Number>& sums, const std::vector<Number>& numbers) {
  sums.resize(numbers.size(), 0);
  std::transform(numbers.begin(), numbers.end(), sums.begin(), sums.begin(), std::plus<>());
}

}  // namespace

void CartesianWeightSums::add(const CartesianWeights& weights) {
  add_to(live, weights.live());
  add_to(not_zero, weights.not_zero());
  add_to(dropped, weights.dropped());
  add_to(dropped_not_zero, weights.dropped_not_zero());
}

const CartesianWeights& CartesianLayerWeights::of(const CartesianWeights::Group& group, const Mac& mac) {
  const auto known = groups_.find(group);
  if (known != groups_.end()) return known->second;
  const std::int64_t taps = shape_.C * shape_.R * shape_.S;
  std::vector<std::uint8_t> zeros(static_cast<std::size_t>(taps * group.filters));
  const StoredWord* weights = filters_.data() + group.filter * taps;
  for (std::int64_t k = 0; k < group.filters; ++k, weights += taps) {
    std::uint8_t* to = zeros.data() + k;
    for (std::int64_t tap = 0; tap < taps; ++tap, to += group.filters) *to = is_zero(weights[tap], mac) ? 1 : 0;
  }
  return groups_.emplace(group, CartesianWeights(shape_, array_, group, zeros)).first->second;
}

void CartesianLayerWeights::expect(const Mac& mac) {
  const auto is_known = [&](StoredWord word) {
    return mac.is_zero(word) == (is_zero_[static_cast<std::uint16_t>(word)] != 0);
  };
  if (std::all_of(asked_.begin(), asked_.end(), is_known)) return;
  std::fill(is_zero_.begin(), is_zero_.end(), kUnknown);
  asked_.clear();
  forget();
}

std::size_t CartesianLayerWeights::bytes() const {
  std::size_t sum = sizeof(*this) + is_zero_.size();
  for (const auto& [group, weights] : groups_) sum += sizeof(group) + weights.bytes();
  return sum;
}

namespace {

/// All that the weights of a layer depend on, but for what they are worth.
struct Key {
  const StoredWord* filters;  // an address is that of the same words for as long as the memo holds their owner
  std::int64_t numbers[13];
};

}  // namespace

std::shared_ptr<CartesianLayerWeights> known_weights(const LayerShape& shape, const CartesianShape& array,
                                                     Span<const StoredWord> filters,
                                                     const std::weak_ptr<const void>& owner, const Mac& mac) {
  constexpr std::size_t kLargestBytes = std::size_t{256} << 20;
  static BoundedMemo<CartesianLayerWeights> memo(kLargestBytes);
  const auto make = [&] { return std::make_shared<CartesianLayerWeights>(shape, array, filters, owner.lock()); };
  if (owner.expired()) return make();
  const Key key{filters.data(),
                {shape.M, shape.C, shape.R, shape.S, shape.U, shape.E(), shape.F(), array.filter_lanes,
                 array.filler_words, array.fillers_take_slots ? 1 : 0, array.dense ? 1 : 0, shape.G, shape.P}};
  const std::shared_ptr<CartesianLayerWeights> weights = memo.get(key_bytes(key), make);
  weights->expect(mac);
  return weights;
}

}  // namespace lacuna
