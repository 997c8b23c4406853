// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/clocked/context.hpp"

namespace lacuna {

/// A word of a stream, or a filler in it.
struct CartesianWord {
  bool filler = false;
  Word word = 0;
  std::int64_t k = 0;       ///< of a weight: filter of the group
  std::int64_t row = 0;     ///< of the tile in the global buffer, or of the filter
  std::int64_t column = 0;  ///< likewise
};

/// Words that take part, as they come out of a RAM, with fillers for zero runs that are too long.
class CartesianStream {
 public:
  explicit CartesianStream(const CartesianShape& array) : array_(&array) {}

  /// The next word of the stream, zero or not.
  void next(const CartesianWord& word, bool takes_part);
  const std::vector<CartesianWord>& words() const { return words_; }
  std::int64_t vectors(std::int64_t lanes) const { return ceil_div(static_cast<std::int64_t>(words_.size()), lanes); }

 private:
  const CartesianShape* array_;
  std::int64_t zeros_ = 0;
  std::vector<CartesianWord> words_;
};

/// Reads the streams of a PE for one pass from the global buffer.
class CartesianReader {
 public:
  CartesianReader(const CartesianContext& context, std::int64_t pe) : context_(context), pe_(pe) {}

  /// Activations of the PE's tile, of a channel and phase.
  CartesianStream activations(std::int64_t pass, std::int64_t channel, std::int64_t phase) const;
  /// Weights of the group, of a channel and phase.
  CartesianStream weights(std::int64_t pass, std::int64_t channel, std::int64_t phase) const;
  /// The input of an FC layer at a tap, and the weights that it meets.
  CartesianWord input(std::int64_t pass, std::int64_t tap) const;
  CartesianStream column(std::int64_t pass, std::int64_t tap) const;

 private:
  Word activation(const TiledPass& pass, std::int64_t channel, std::int64_t row, std::int64_t column) const;
  CartesianWord weight(const TiledPass& pass, std::int64_t tap, std::int64_t k) const;
  bool weight_takes_part(const CartesianWord& weight) const {
    return context_.array().dense || !context_.mac->is_zero(weight.word);
  }

  const CartesianContext& context_;
  const std::int64_t pe_;
};

}  // namespace lacuna
