// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tiled_schedule.hpp"

#include <algorithm>

namespace lacuna {

TiledSchedule::TiledSchedule(const LayerShape& shape, const TiledMapping& mapping)
    : shape_(shape), m_(mapping.m), n_(mapping.n), e_(mapping.e), c_(mapping.c) {}

void TiledSchedule::cut_layer() {
  for (std::int64_t group = 0; group < shape_.G; ++group) cut_group(group);
  filter_tiles = static_cast<std::int64_t>(tiles_.size());
  transfers.push_back({TransferKind::drain_ofmap, last_.ofmap_tile, PassEvent::ended, passes - 1});
}

void TiledSchedule::cut_group(std::int64_t group) {
  const std::int64_t group_filters = shape_.M / shape_.G;
  FeatureTile tile;
  tile.columns = shape_.F();
  for_parts(group * group_filters, group_filters, m_, [&](std::int64_t filter, std::int64_t filters) {
    tile.channel = filter;
    tile.channels = filters;
    for_parts(0, shape_.N, n_, [&](std::int64_t image, std::int64_t images) {
      tile.image = image;
      tile.images = images;
      for_parts(0, shape_.E(), e_, [&](std::int64_t row, std::int64_t rows) {
        tile.row = row;
        tile.rows = rows;
        cut_tile(tile);
      });
    });
  });
}

void TiledSchedule::cut_tile(const FeatureTile& ofmap) {
  ofmap_tiles.push_back(ofmap);
  psum_words = std::max(psum_words, ofmap.words());
  for (std::int64_t channel = 0; channel < shape_.C; channel += c_) cut_channels(ofmap, channel);
}

void TiledSchedule::cut_channels(const FeatureTile& ofmap, std::int64_t channel) {
  FeatureTile ifmap;
  ifmap.image = ofmap.image;
  ifmap.images = ofmap.images;
  ifmap.channel = ofmap.channel / (shape_.M / shape_.G) * shape_.C + channel;
  ifmap.channels = std::min(c_, shape_.C - channel);
  ifmap.row = ofmap.row * shape_.U;
  ifmap.rows = (ofmap.rows - 1) * shape_.U + shape_.span_height();
  ifmap.columns = shape_.padded_width();
  ifmap_tiles.push_back(ifmap);
  ifmap_words = std::max(ifmap_words, ifmap.words());

  TiledPass box;
  box.tap = channel * shape_.R * shape_.S;
  box.taps = ifmap.channels * shape_.R * shape_.S;
  box.filters = ofmap.channels;
  box.pixels = ofmap.images * ofmap.rows * ofmap.columns;
  box.ifmap_tile = static_cast<std::int64_t>(ifmap_tiles.size()) - 1;
  box.ofmap_tile = static_cast<std::int64_t>(ofmap_tiles.size()) - 1;
  cut_box(box);
}

std::string TiledSchedule::filter_tiling() const {
  std::string text = "tiled";
  for (const FilterTile& tile : tiles_) {
    for (const std::int64_t number : {tile.tap, tile.taps, tile.filter, tile.filters}) {
      text += ' ' + std::to_string(number);
    }
  }
  return text;
}

void TiledSchedule::add_pass(TiledPass& pass) {
  const FilterTile tile{pass.tap, pass.taps, first_filter(pass), pass.filters};
  const std::int64_t first_word = filter_position(tile.tap, tile.filter);
  const auto [entry, is_new] = tile_index_.emplace(first_word, static_cast<std::int64_t>(tiles_.size()));
  if (is_new) tiles_.push_back(tile);
  pass.filter_tile = entry->second;
  pass.first_taps = pass.tap == 0;
  filter_words = std::max(filter_words, tile.taps * tile.filters);
  order_transfers(pass);
  last_ = pass;
  ++passes;
}

void TiledSchedule::order_transfers(const TiledPass& pass) {
  const auto same_tile = [this](std::int64_t a, std::int64_t b) {
    const FeatureTile& x = ifmap_tiles[static_cast<std::size_t>(a)];
    const FeatureTile& y = ifmap_tiles[static_cast<std::size_t>(b)];
    return x.image == y.image && x.channel == y.channel && x.row == y.row;
  };
  if (passes == 0) {
    transfers.push_back({TransferKind::fill_filter, pass.filter_tile, PassEvent::none, 0});
    transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::none, 0});
  } else {
    if (pass.filter_tile != last_.filter_tile) {
      transfers.push_back({TransferKind::fill_filter, pass.filter_tile, PassEvent::filters_sent, passes - 1});
    }
    if (pass.ofmap_tile != last_.ofmap_tile) {
      transfers.push_back({TransferKind::drain_ofmap, last_.ofmap_tile, PassEvent::ended, passes - 1});
    }
    if (!same_tile(pass.ifmap_tile, last_.ifmap_tile)) {
      transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::ready, passes});
    }
  }
  transfers_before.push_back(static_cast<std::int64_t>(transfers.size()));
}

std::int64_t TiledSchedule::ifmap_address(const TiledPass& pass, std::int64_t tap, std::int64_t pixel) const {
  const FeatureTile& tile = ifmap_tile(pass);
  const FeatureTile& ofmap = ofmap_tile(pass);
  const std::int64_t plane = ofmap.rows * ofmap.columns;
  const std::int64_t image = pixel / plane;
  const std::int64_t y = pixel % plane / ofmap.columns;
  const std::int64_t x = pixel % ofmap.columns;
  const std::int64_t channel = tap / (shape_.R * shape_.S) - tile.channel % shape_.C;
  const std::int64_t row = y * shape_.U + tap / shape_.S % shape_.R * shape_.D;
  const std::int64_t column = x * shape_.U + tap % shape_.S * shape_.D;
  return ((image * tile.channels + channel) * tile.rows + row) * tile.columns + column;
}

std::int64_t TiledSchedule::psum_address(const TiledPass& pass, std::int64_t filter, std::int64_t pixel) const {
  const FeatureTile& tile = ofmap_tile(pass);
  const std::int64_t plane = tile.rows * tile.columns;
  return (pixel / plane * tile.channels + filter) * plane + pixel % plane;
}

std::vector<std::int64_t> TiledSchedule::filter_positions(std::int64_t tile) const {
  const FilterTile& words = filter_tile(tile);
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(words.taps * words.filters));
  for (std::int64_t tap = words.tap; tap < words.tap + words.taps; ++tap) {
    for (std::int64_t filter = words.filter; filter < words.filter + words.filters; ++filter) {
      positions.push_back(filter_position(tap, filter));
    }
  }
  return positions;
}

}  // namespace lacuna
