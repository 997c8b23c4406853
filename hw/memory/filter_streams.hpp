// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/base/span.hpp"
#include "hw/base/stored_words.hpp"
#include "hw/codec/codec.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// The stream of a filter tile as a model without words sees it.
struct TileStream {
  TileStream() = default;
  TileStream(const StreamFormat& format, Span<const StoredWord> words);

  std::int64_t values = 0;
  std::vector<std::int64_t> known;      ///< values that are known once each word of it has come
  std::vector<std::uint64_t> non_zero;  ///< a bit a value (hw/base/zero_mask.hpp)
};

/// When an array that takes weights beat by beat gets those of one tile, relative to the edge at which it asks.
struct DecodedTile {
  std::vector<std::int64_t> sent;  ///< edges of the beats that were asked for
  WeightMemoryCounts counts;       ///< of decoding the tile once
};

/// The filter streams of a layer, and what has been worked out from them.
struct FilterStreams {
  std::vector<TileStream> tiles;
  /// By who reads them, and how, then by tile.
  std::map<std::string, std::vector<std::optional<DecodedTile>>> decoded;
  StoredWords words;  ///< whose streams these are: they stay where they are as long as this lives

  /// What it takes in memory, about.
  std::size_t bytes() const;
};

/// The streams of these words in this format, cut into tiles as `tiling` says: those that the process remembers, or
/// those that `make` makes. Words without an owner, and filters without a tiling, are never remembered.
std::shared_ptr<FilterStreams> filter_streams(const StoredWords& words, const StreamFormat& format,
                                              const std::string& tiling,
                                              const std::function<std::vector<TileStream>()>& make);

}  // namespace lacuna
