// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hw/base/arithmetic.hpp"

namespace lacuna {

/// The memory between a weight decoder and an array that reads its weights in an order of its own, or many times: a
/// filter tile lies in it decoded, each weight at its place in the tile. A tile stays until another one is written.
class TileStore {
 public:
  /// `keeps`: which weights take an entry; the others are dropped on their way in, and read as 0. Empty: all.
  explicit TileStore(std::function<bool(Word)> keeps = {}) : keeps_(std::move(keeps)) {}

  /// A tile of so many weights is about to be written.
  void begin(std::int64_t values) {
    words_.assign(static_cast<std::size_t>(values), 0);
    next_ = 0;
  }
  /// The next weight of the tile.
  void write(Word weight) {
    if (!keeps_ || keeps_(weight)) {
      words_.at(next_) = weight;
      ++writes_;
    }
    ++next_;
  }
  /// The weight at a place of the tile that lies in the store.
  Word peek(std::int64_t place) const { return words_.at(static_cast<std::size_t>(place)); }
  /// For a model that moves whole tiles and no weights.
  void count(std::int64_t writes) { writes_ += writes; }

  std::int64_t writes() const { return writes_; }
  /// What it has done, on one line.
  std::string state() const { return "tile_store: weights written " + std::to_string(writes_); }

 private:
  const std::function<bool(Word)> keeps_;
  std::vector<Word> words_;
  std::size_t next_ = 0;
  std::int64_t writes_ = 0;
};

}  // namespace lacuna
