// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/activations.hpp"

namespace lacuna {

CartesianActivations::CartesianActivations(const CartesianSchedule& schedule, const CartesianShape& array,
                                           const EventBuffer& operands)
    : schedule_(schedule), array_(array), operands_(operands), phases_(schedule.shape().U * schedule.shape().U) {}

void CartesianActivations::read(const TiledPass& pass) {
  if (pass.ifmap_tile == tile_) return;
  tile_ = pass.ifmap_tile;
  blocks_.clear();
  words_.clear();
  const CartesianGrid grid(array_, schedule_.shape(), schedule_.ofmap_tile(pass).rows);
  for (std::int64_t channel = 0; channel < schedule_.shape().C; ++channel) {
    for (std::int64_t phase = 0; phase < phases_; ++phase) {
      for (std::int64_t pe = 0; pe < array_.pes(); ++pe) read_block(pass, grid, channel, phase, pe);
    }
  }
}

void CartesianActivations::read_block(const TiledPass& pass, const CartesianGrid& grid, std::int64_t channel,
                                      std::int64_t phase, std::int64_t pe) {
  const LayerShape& shape = schedule_.shape();
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const std::int64_t a = phase / shape.U;
  const std::int64_t b = phase % shape.U;
  const auto steps_below = [&shape](std::int64_t end, std::int64_t first) {
    return end <= first ? 0 : ceil_div(end - first, shape.U);
  };
  const CartesianSpan rows = grid.rows.of(pe / array_.columns);
  const CartesianSpan columns = grid.columns.of(pe % array_.columns);
  const std::int64_t first_column = steps_below(columns.first, b);
  const std::int64_t end_column = steps_below(columns.first + columns.count, b);
  const std::int64_t last_r = steps_below(shape.R, a) - 1;
  const std::int64_t last_s = steps_below(shape.S, b) - 1;
  const PhasePlanes& planes = operands_.ifmap(ofmap.image);
  Block block;
  block.first = words_.size();
  std::int64_t zeros = 0;
  for (std::int64_t row = steps_below(rows.first, a); row < steps_below(rows.first + rows.count, a); ++row) {
    const std::int64_t padded_row = (ofmap.row + row) * shape.U + a;
    const bool inside = padded_row >= shape.P && padded_row < shape.P + shape.H;
    const StoredWord* const words = planes.at(schedule_.ifmap_tile(pass).channel + channel, padded_row, b);
    for (std::int64_t column = first_column; column < end_column; ++column) {
      const std::int64_t padded_column = column * shape.U + b;
      const bool real = inside && padded_column >= shape.P && padded_column < shape.P + shape.W;
      if (array_.dense ? !real : words[column] == 0) {
        ++zeros;
        continue;
      }
      block.words += array_.fillers(zeros);
      words_.resize(block.first + static_cast<std::size_t>(block.words), CartesianActivation{0, 0, true});
      zeros = 0;
      CartesianActivation word{static_cast<std::int32_t>(row), static_cast<std::int32_t>(column)};
      word.zero = words[column] == 0;
      word.meets_all = row >= last_r && row < ofmap.rows && column >= last_s && column < ofmap.columns;
      add(word, block);
    }
  }
  block.vectors = ceil_div(block.words, array_.ifmap_lanes);
  blocks_.push_back(block);
}

void CartesianActivations::add(CartesianActivation word, Block& block) {
  const auto lane = static_cast<std::size_t>(block.words++ % array_.ifmap_lanes);
  ++block.live[lane];
  if (!word.zero) ++block.not_zero[lane];
  block.meets_all = block.meets_all && word.meets_all;
  words_.push_back(word);
}

}  // namespace lacuna
