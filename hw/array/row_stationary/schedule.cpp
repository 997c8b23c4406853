// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/schedule.hpp"

#include <algorithm>
#include <string>

#include "hw/array/row_stationary/mapping.hpp"

namespace lacuna {

RowStationarySchedule::RowStationarySchedule(const MappingContext& context, const RowStationaryMapping& mapping)
    : shape_(context.shape), mapping_(mapping) {
  const auto& array = static_cast<const RowStationaryConfig&>(*context.array);
  mapping_.n = std::min(mapping.n, shape_.N);
  mapping_.m = std::min(mapping.m, shape_.M / shape_.G);
  grid = grid_of(shape_, mapping);
  units = row_stationary_units(context);
  gating = array.gating();
  places = place(grid, array.rows, array.columns);
  active_pes = grid.pes();
  reserve();
  for (std::int64_t group = 0; group < shape_.G; ++group) cut_group(group);
  passes = static_cast<std::int64_t>(pass_list.size());
  filter_tiles = static_cast<std::int64_t>(tiles_.size());
  order_transfers();
}

std::int64_t RowStationarySchedule::channel_tiles() const { return ceil_div(shape_.C, mapping_.q * mapping_.r); }

std::int64_t RowStationarySchedule::filter_tiles_of_m() const { return ceil_div(mapping_.m, mapping_.p * mapping_.t); }

std::int64_t RowStationarySchedule::m_tiles() const { return ceil_div(shape_.M / shape_.G, mapping_.m); }

/// Room for what will be cut, at most.
void RowStationarySchedule::reserve() {
  const std::int64_t strips = shape_.G * m_tiles() * ceil_div(shape_.N, mapping_.n) * ceil_div(shape_.E(), grid.e);
  const auto room = [](std::int64_t count) { return static_cast<std::size_t>(count); };
  const std::size_t all_passes = room(strips * channel_tiles() * filter_tiles_of_m());
  tile_index_.assign(room(shape_.G * m_tiles() * filter_tiles_of_m() * channel_tiles()), -1);
  tiles_.reserve(tile_index_.size());
  ofmap_tiles.reserve(room(strips));
  ifmap_tiles.reserve(room(strips * channel_tiles()));
  pass_list.reserve(all_passes);
  ifmap_tile_of.reserve(all_passes);
  ofmap_tile_of.reserve(all_passes);
  transfers_before.reserve(all_passes);
  transfers.reserve(all_passes + ifmap_tiles.capacity() + ofmap_tiles.capacity());
}

void RowStationarySchedule::cut_group(std::int64_t group) {
  const std::int64_t group_filters = shape_.M / shape_.G;
  for (std::int64_t m0 = 0; m0 < group_filters; m0 += mapping_.m) {
    for (std::int64_t image = 0; image < shape_.N; image += mapping_.n) {
      for (std::int64_t row = 0; row < shape_.E(); row += grid.e) {
        FeatureTile ofmap;
        ofmap.image = image;
        ofmap.images = std::min(mapping_.n, shape_.N - image);
        ofmap.channel = group * group_filters + m0;
        ofmap.channels = std::min(mapping_.m, group_filters - m0);
        ofmap.row = row;
        ofmap.rows = std::min(grid.e, shape_.E() - row);
        ofmap.columns = shape_.F();
        cut_strip(ofmap);
      }
    }
  }
}

void RowStationarySchedule::cut_strip(const FeatureTile& ofmap) {
  ofmap_tiles.push_back(ofmap);
  psum_words = std::max(psum_words, ofmap.words());
  for (std::int64_t channel = 0; channel < shape_.C; channel += mapping_.q * mapping_.r) cut_channels(ofmap, channel);
}

void RowStationarySchedule::cut_channels(const FeatureTile& ofmap, std::int64_t channel) {
  const std::int64_t group = ofmap.channel / (shape_.M / shape_.G);
  FeatureTile ifmap;
  ifmap.image = ofmap.image;
  ifmap.images = ofmap.images;
  ifmap.channels = std::min(mapping_.q * mapping_.r, shape_.C - channel);
  ifmap.channel = group * shape_.C + channel;
  ifmap.row = ofmap.row * shape_.U;
  ifmap.rows = grid.rows(ofmap.rows);
  ifmap.columns = shape_.padded_width();
  ifmap_tiles.push_back(ifmap);
  ifmap_words = std::max(ifmap_words, ifmap.words());

  const std::int64_t m_tile = group * m_tiles() + ofmap.channel % (shape_.M / shape_.G) / mapping_.m;
  const std::int64_t pitch = channel_tiles();  // of the filter tiles of an m tile in tile_index_
  std::int64_t place = m_tile * filter_tiles_of_m() * pitch + channel / (mapping_.q * mapping_.r);
  for (std::int64_t first = 0; first < ofmap.channels; first += mapping_.p * mapping_.t, place += pitch) {
    // Remainder tiles shrink p and q for all PEs alike.
    FilterTile tile;
    tile.filter = ofmap.channel + first;
    tile.filters = std::min(mapping_.p * mapping_.t, ofmap.channels - first);
    tile.channel = channel;
    tile.channels = ifmap.channels;
    tile.p = std::min(mapping_.p, ceil_div(tile.filters, mapping_.t));
    tile.q = std::min(mapping_.q, ceil_div(tile.channels, mapping_.r));

    RowStationaryPass pass;
    pass.ev = ofmap.rows;
    pass.p = tile.p;
    pass.q = tile.q;
    pass.n = ofmap.images;
    pass.Ft = shape_.F();
    pass.filters = tile.filters;
    pass.channels = tile.channels;
    pass.filter_in_tile = first;
    pass.tile_filters = ofmap.channels;
    pass.first_channels = channel == 0;
    pass.filter_tile = find_filter_tile(place, tile);
    pass_list.push_back(pass);
    ifmap_tile_of.push_back(static_cast<std::int64_t>(ifmap_tiles.size()) - 1);
    ofmap_tile_of.push_back(static_cast<std::int64_t>(ofmap_tiles.size()) - 1);
    const std::int64_t words = RowStationarySchedule::filter_tile_words(pass.filter_tile);
    filter_words = std::max(filter_words, words);
    filter_reads += words;  // each pass sends its tile once
  }
}

/// The index of the tile at a place of tile_index_: it is a new one where none has been met there.
std::int64_t RowStationarySchedule::find_filter_tile(std::int64_t place, const FilterTile& tile) {
  std::int64_t& index = tile_index_[static_cast<std::size_t>(place)];
  if (index < 0) {
    index = static_cast<std::int64_t>(tiles_.size());
    tiles_.push_back(tile);
  }
  return index;
}

void RowStationarySchedule::order_transfers() {
  const auto same_tile = [this](std::int64_t a, std::int64_t b) {
    const FeatureTile& x = ifmap_tiles[static_cast<std::size_t>(a)];
    const FeatureTile& y = ifmap_tiles[static_cast<std::size_t>(b)];
    return x.image == y.image && x.channel == y.channel && x.row == y.row;
  };
  for (std::int64_t k = 0; k < passes; ++k) {
    const auto index = static_cast<std::size_t>(k);
    const bool first = k == 0;
    transfers.push_back({TransferKind::fill_filter, pass_list[index].filter_tile,
                         first ? PassEvent::none : PassEvent::filters_sent, k - 1});
    if (!first && ofmap_tile_of[index] != ofmap_tile_of[index - 1]) {
      transfers.push_back({TransferKind::drain_ofmap, ofmap_tile_of[index - 1], PassEvent::ended, k - 1});
    }
    if (first || !same_tile(ifmap_tile_of[index], ifmap_tile_of[index - 1])) {
      transfers.push_back(
          {TransferKind::fill_ifmap, ifmap_tile_of[index], first ? PassEvent::none : PassEvent::ready, k});
    }
    transfers_before.push_back(static_cast<std::int64_t>(transfers.size()));
  }
  transfers.push_back({TransferKind::drain_ofmap, ofmap_tile_of.back(), PassEvent::ended, passes - 1});
}

std::vector<std::int64_t> RowStationarySchedule::filter_positions(std::int64_t tile) const {
  const FilterTile& words = filter_tile(tile);
  const std::int64_t taps = shape_.R * shape_.S;
  std::vector<std::int64_t> positions(static_cast<std::size_t>(filter_tile_words(tile)));
  std::int64_t* to = positions.data();
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      const std::int64_t first = i / grid.R * words.q;
      const std::int64_t end = std::min(first + words.q, words.channels);
      for (std::int64_t f = ts * words.p; f < std::min((ts + 1) * words.p, words.filters); ++f) {
        const std::int64_t row = ((words.filter + f) * shape_.C + words.channel) * taps + i % grid.R * shape_.S;
        for (std::int64_t s = 0; s < shape_.S; ++s) {
          for (std::int64_t c = first; c < end; ++c) *to++ = row + c * taps + s;
        }
      }
    }
  }
  return positions;
}

std::int64_t RowStationarySchedule::filter_tile_words(std::int64_t tile) const {
  const FilterTile& words = filter_tile(tile);
  return words.filters * words.channels * shape_.R * shape_.S;
}

std::string RowStationarySchedule::filter_tiling() const {
  // tiles are numbered in the order in which passes meet them: strips and batches meet the same ones again
  std::string text = "row_stationary";
  for (const std::int64_t number :
       {shape_.M, shape_.C, shape_.G, shape_.R, shape_.S, mapping_.m, mapping_.p, mapping_.q, mapping_.r, mapping_.t}) {
    text += ' ' + std::to_string(number);
  }
  return text;
}

AccumulationOrder RowStationarySchedule::accumulation_order() const {
  std::vector<std::vector<std::int64_t>> segments;
  for (std::int64_t channel = 0; channel < shape_.C; channel += mapping_.q * mapping_.r) {
    const std::int64_t channels = std::min(mapping_.q * mapping_.r, shape_.C - channel);
    const std::int64_t q = std::min(mapping_.q, ceil_div(channels, mapping_.r));
    // Psums climb the chain from its bottom; each PE adds what it has summed over its own taps.
    for (std::int64_t i = grid.chain() - 1; i >= 0; --i) {
      std::vector<std::int64_t> taps;
      for (std::int64_t s = 0; s < shape_.S; ++s) {
        for (std::int64_t c = i / grid.R * q; c < std::min((i / grid.R + 1) * q, channels); ++c) {
          taps.push_back(((channel + c) * shape_.R + i % grid.R) * shape_.S + s);
        }
      }
      segments.push_back(taps);
    }
  }
  return segments;
}

}  // namespace lacuna
