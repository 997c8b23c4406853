// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/schedule.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

SystolicSchedule::SystolicSchedule(const MappingContext& context, const SystolicMapping& mapping)
    : array(static_cast<const SystolicConfig&>(*context.array).shape()),
      gating(static_cast<const SystolicConfig&>(*context.array).gating()),
      shape_(context.shape),
      mapping_(cut_to(context.shape, mapping)) {
  for (std::int64_t group = 0; group < shape_.G; ++group) cut_group(group);
  passes = static_cast<std::int64_t>(pass_list.size());
  filter_tiles = static_cast<std::int64_t>(tiles_.size());
  order_transfers();
}

void SystolicSchedule::cut_group(std::int64_t group) {
  const std::int64_t group_filters = shape_.M / shape_.G;
  FeatureTile tile;
  tile.columns = shape_.F();
  for_parts(group * group_filters, group_filters, mapping_.m, [&](std::int64_t filter, std::int64_t filters) {
    tile.channel = filter;
    tile.channels = filters;
    for_parts(0, shape_.N, mapping_.n, [&](std::int64_t image, std::int64_t images) {
      tile.image = image;
      tile.images = images;
      for_parts(0, shape_.E(), mapping_.e, [&](std::int64_t row, std::int64_t rows) {
        tile.row = row;
        tile.rows = rows;
        cut_tile(tile);
      });
    });
  });
}

void SystolicSchedule::cut_tile(const FeatureTile& ofmap) {
  ofmap_tiles.push_back(ofmap);
  psum_words = std::max(psum_words, ofmap.words());
  for (std::int64_t channel = 0; channel < shape_.C; channel += mapping_.c) cut_channels(ofmap, channel);
}

void SystolicSchedule::cut_channels(const FeatureTile& ofmap, std::int64_t channel) {
  FeatureTile ifmap;
  ifmap.image = ofmap.image;
  ifmap.images = ofmap.images;
  ifmap.channel = ofmap.channel / (shape_.M / shape_.G) * shape_.C + channel;
  ifmap.channels = std::min(mapping_.c, shape_.C - channel);
  ifmap.row = ofmap.row * shape_.U;
  ifmap.rows = (ofmap.rows - 1) * shape_.U + shape_.span_height();
  ifmap.columns = shape_.padded_width();
  ifmap_tiles.push_back(ifmap);
  ifmap_words = std::max(ifmap_words, ifmap.words());

  SystolicPass box;
  box.tap = channel * shape_.R * shape_.S;
  box.taps = ifmap.channels * shape_.R * shape_.S;
  box.filters = ofmap.channels;
  box.pixels = ofmap.images * ofmap.rows * ofmap.columns;
  box.ifmap_tile = static_cast<std::int64_t>(ifmap_tiles.size()) - 1;
  box.ofmap_tile = static_cast<std::int64_t>(ofmap_tiles.size()) - 1;
  cut_folds(box, ofmap.channel);
}

void SystolicSchedule::cut_folds(const SystolicPass& box, std::int64_t first_filter) {
  SystolicPass pass = box;
  const auto tap_folds = [&](const auto& visit) {
    for_parts(box.tap, box.taps, array.rows, [&](std::int64_t tap, std::int64_t taps) {
      pass.tap = tap;
      pass.taps = taps;
      visit();
    });
  };
  const auto filter_folds = [&](const auto& visit) {
    for_parts(0, box.filters, array.columns, [&](std::int64_t filter, std::int64_t filters) {
      pass.filter = filter;
      pass.filters = filters;
      visit();
    });
  };
  const auto pixel_folds = [&](std::int64_t side, const auto& visit) {
    for_parts(0, box.pixels, side, [&](std::int64_t pixel, std::int64_t pixels) {
      pass.pixel = pixel;
      pass.pixels = pixels;
      visit();
    });
  };
  const auto add = [&] { add_pass(pass, first_filter); };
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      filter_folds([&] { pixel_folds(array.rows, add); });
      break;
    case SystolicDataflow::weight_stationary:
      filter_folds([&] { tap_folds(add); });
      break;
    case SystolicDataflow::input_stationary:
      tap_folds([&] { pixel_folds(array.columns, add); });
      break;
  }
}

void SystolicSchedule::add_pass(SystolicPass pass, std::int64_t first_filter) {
  const FilterTile tile{pass.tap, pass.taps, first_filter + pass.filter, pass.filters};
  const std::int64_t first_word = tile.filter * shape_.C * shape_.R * shape_.S + tile.tap;
  const auto [entry, is_new] = tile_index_.emplace(first_word, static_cast<std::int64_t>(tiles_.size()));
  if (is_new) tiles_.push_back(tile);
  pass.filter_tile = entry->second;
  pass.first_taps = pass.tap == 0;
  // What must be in the buffer for the first MAC must be there for the first word of the stationary operand too.
  pass.overlaps = array.double_buffered && !pass_list.empty() && pass_list.back().ifmap_tile == pass.ifmap_tile;
  pass_list.push_back(pass);

  const SystolicFold fold(array, pass);
  const std::int64_t words = tile.taps * tile.filters;
  filter_words = std::max(filter_words, words);
  filter_reads += words;  // each pass reads its filter words once
  active_pes = std::max(active_pes, fold.real_rows * fold.columns);
}

void SystolicSchedule::order_transfers() {
  const auto same_tile = [this](std::int64_t a, std::int64_t b) {
    const FeatureTile& x = ifmap_tiles[static_cast<std::size_t>(a)];
    const FeatureTile& y = ifmap_tiles[static_cast<std::size_t>(b)];
    return x.image == y.image && x.channel == y.channel && x.row == y.row;
  };
  for (std::int64_t k = 0; k < passes; ++k) {
    const SystolicPass& pass = pass_list[static_cast<std::size_t>(k)];
    if (k == 0) {
      transfers.push_back({TransferKind::fill_filter, pass.filter_tile, PassEvent::none, 0});
      transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::none, 0});
    } else {
      const SystolicPass& before = pass_list[static_cast<std::size_t>(k - 1)];
      if (pass.filter_tile != before.filter_tile) {
        transfers.push_back({TransferKind::fill_filter, pass.filter_tile, PassEvent::filters_sent, k - 1});
      }
      if (pass.ofmap_tile != before.ofmap_tile) {
        transfers.push_back({TransferKind::drain_ofmap, before.ofmap_tile, PassEvent::ended, k - 1});
      }
      if (!same_tile(pass.ifmap_tile, before.ifmap_tile)) {
        transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::ready, k});
      }
    }
    transfers_before.push_back(static_cast<std::int64_t>(transfers.size()));
  }
  transfers.push_back({TransferKind::drain_ofmap, pass_list.back().ofmap_tile, PassEvent::ended, passes - 1});
}

std::int64_t SystolicSchedule::ifmap_address(const SystolicPass& pass, std::int64_t tap, std::int64_t pixel) const {
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

std::int64_t SystolicSchedule::psum_address(const SystolicPass& pass, std::int64_t filter, std::int64_t pixel) const {
  const FeatureTile& tile = ofmap_tile(pass);
  const std::int64_t plane = tile.rows * tile.columns;
  return (pixel / plane * tile.channels + filter) * plane + pixel % plane;
}

std::vector<std::int64_t> SystolicSchedule::filter_positions(std::int64_t tile) const {
  const FilterTile& words = tiles_[static_cast<std::size_t>(tile)];
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(words.taps * words.filters));
  const std::int64_t taps = shape_.C * shape_.R * shape_.S;
  for (std::int64_t tap = words.tap; tap < words.tap + words.taps; ++tap) {
    for (std::int64_t filter = words.filter; filter < words.filter + words.filters; ++filter) {
      positions.push_back(filter * taps + tap);
    }
  }
  return positions;
}

AccumulationOrder SystolicSchedule::accumulation_order() const {
  // Every tap is added to the psum that the taps before it left, from fold to fold.
  std::vector<std::int64_t> taps(static_cast<std::size_t>(shape_.C * shape_.R * shape_.S));
  std::iota(taps.begin(), taps.end(), 0);
  return {taps};
}

}  // namespace lacuna
