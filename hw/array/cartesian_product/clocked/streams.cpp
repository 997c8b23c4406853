// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/streams.hpp"

namespace lacuna {

void CartesianStream::next(const CartesianWord& word, bool takes_part) {
  if (!takes_part) {
    ++zeros_;
    return;
  }
  CartesianWord filler;
  filler.filler = true;
  words_.insert(words_.end(), static_cast<std::size_t>(array_->fillers(zeros_)), filler);
  words_.push_back(word);
  zeros_ = 0;
}

Word CartesianReader::activation(const TiledPass& pass, std::int64_t channel, std::int64_t row,
                                 std::int64_t column) const {
  const FeatureTile& tile = context_.schedule->ifmap_tile(pass);
  const std::int64_t address = (channel * tile.rows + row) * tile.columns + column;
  return context_.faults->global_buffer_read.pass(context_.buffer->ifmap.peek(address));
}

CartesianWord CartesianReader::weight(const TiledPass& pass, std::int64_t tap, std::int64_t k) const {
  CartesianWord weight;
  weight.word = context_.faults->filter_path.pass(context_.filter_word(pass, tap, k));
  weight.k = k;
  weight.row = tap / context_.shape().S % context_.shape().R;
  weight.column = tap % context_.shape().S;
  return weight;
}

/// Padding is no word of an ifmap RAM, but a zero between two of them.
CartesianStream CartesianReader::activations(std::int64_t pass_index, std::int64_t channel, std::int64_t phase) const {
  const TiledPass& pass = context_.pass(pass_index);
  const LayerShape& shape = context_.shape();
  const CartesianGrid grid = context_.schedule->grid(pass);
  const CartesianSpan rows = grid.rows.of(pe_ / context_.array().columns);
  const CartesianSpan columns = grid.columns.of(pe_ % context_.array().columns);
  const std::int64_t first_row = context_.schedule->ifmap_tile(pass).row - shape.P;  // in the ifmap without padding
  CartesianStream stream(context_.array());
  for (std::int64_t row = rows.first; row < rows.first + rows.count; ++row) {
    if (row % shape.U != phase / shape.U) continue;
    const bool inside = first_row + row >= 0 && first_row + row < shape.H;
    for (std::int64_t column = columns.first; column < columns.first + columns.count; ++column) {
      if (column % shape.U != phase % shape.U) continue;
      CartesianWord word;
      word.word = activation(pass, channel, row, column);
      word.row = row;
      word.column = column;
      const bool real = inside && column >= shape.P && column < shape.P + shape.W;
      stream.next(word, context_.array().dense ? real : word.word != 0);
    }
  }
  return stream;
}

CartesianStream CartesianReader::weights(std::int64_t pass_index, std::int64_t channel, std::int64_t phase) const {
  const TiledPass& pass = context_.pass(pass_index);
  const LayerShape& shape = context_.shape();
  CartesianStream stream(context_.array());
  for (std::int64_t r = phase / shape.U; r < shape.R; r += shape.U) {
    for (std::int64_t s = phase % shape.U; s < shape.S; s += shape.U) {
      for (std::int64_t k = 0; k < pass.filters; ++k) {
        const CartesianWord word = weight(pass, (channel * shape.R + r) * shape.S + s, k);
        stream.next(word, weight_takes_part(word));
      }
    }
  }
  return stream;
}

CartesianWord CartesianReader::input(std::int64_t pass, std::int64_t tap) const {
  CartesianWord word;
  const std::int64_t words = context_.shape().R * context_.shape().S;
  word.row = tap % words / context_.shape().S;
  word.column = tap % context_.shape().S;
  word.word = activation(context_.pass(pass), tap / words, word.row, word.column);
  return word;
}

CartesianStream CartesianReader::column(std::int64_t pass_index, std::int64_t tap) const {
  const TiledPass& pass = context_.pass(pass_index);
  CartesianStream stream(context_.array());
  for (std::int64_t k = 0; k < pass.filters; ++k) {
    const CartesianWord word = weight(pass, tap, k);
    stream.next(word, weight_takes_part(word));
  }
  return stream;
}

}  // namespace lacuna
