// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/schedule.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/csc_broadcast/event/columns.hpp"
#include "hw/array/csc_broadcast/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

CscBroadcastSchedule::CscBroadcastSchedule(const MappingContext& context, const CscBroadcastMapping& mapping)
    : array(static_cast<const CscBroadcastConfig&>(*context.array)),
      format(csc_format_of(context)),
      shape_(context.shape) {
  const CscBroadcastMapping map = cut_to(context.shape, mapping);
  for (std::int64_t group = 0; group < shape_.G; ++group) cut_group(group, map);
  mark_psums();
  passes = static_cast<std::int64_t>(pass_list.size());
  active_pes = std::min(array.pe_count, map.m);
  filter_tiles = static_cast<std::int64_t>(tiles_.size());
  order_transfers();
}

void CscBroadcastSchedule::cut_group(std::int64_t group, const CscBroadcastMapping& map) {
  const std::int64_t filters = shape_.M / shape_.G;
  for_parts(group * filters, filters, map.m, [&](std::int64_t filter, std::int64_t count) {
    const auto first_filter_tile = static_cast<std::int64_t>(tiles_.size());
    for_parts(0, inputs_of(shape_), map.c, [&](std::int64_t input, std::int64_t inputs) {
      tiles_.push_back({filter, count, input, inputs});
    });
    FeatureTile ofmap;
    ofmap.channel = filter;
    ofmap.channels = count;
    for_parts(0, shape_.N, map.n, [&](std::int64_t image, std::int64_t images) {
      ofmap.image = image;
      ofmap.images = images;
      cut_tile(ofmap, group, map, first_filter_tile);
    });
  });
}

void CscBroadcastSchedule::cut_tile(const FeatureTile& ofmap, std::int64_t group, const CscBroadcastMapping& map,
                                    std::int64_t first_filter_tile) {
  ofmap_tiles.push_back(ofmap);
  psum_words = std::max(psum_words, ofmap.words());
  FeatureTile ifmap;
  ifmap.image = ofmap.image;
  ifmap.images = ofmap.images;
  ifmap.channel = group * shape_.C;
  ifmap.channels = shape_.C;
  ifmap.rows = shape_.padded_height();
  ifmap.columns = shape_.padded_width();
  if (ifmap_tiles.empty() || !(ifmap_tiles.back() == ifmap)) ifmap_tiles.push_back(ifmap);
  ifmap_words = std::max(ifmap_words, ifmap.words());

  CscPass pass;
  pass.ifmap_tile = static_cast<std::int64_t>(ifmap_tiles.size()) - 1;
  pass.ofmap_tile = static_cast<std::int64_t>(ofmap_tiles.size()) - 1;
  pass.filter_tile = first_filter_tile;
  for_parts(0, inputs_of(shape_), map.c, [&](std::int64_t input, std::int64_t inputs) {
    pass.input = input;
    pass.inputs = inputs;
    for (pass.image = 0; pass.image < ofmap.images; ++pass.image) cut_batches(pass);
    ++pass.filter_tile;
  });
}

void CscBroadcastSchedule::cut_batches(CscPass pass) {
  for_parts(pass.input, pass.inputs, array.inputs_per_batch(), [&](std::int64_t input, std::int64_t inputs) {
    pass.input = input;
    pass.inputs = inputs;
    pass.first_inputs = input == 0;
    pass_list.push_back(pass);
  });
}

void CscBroadcastSchedule::mark_psums() {
  for (std::size_t k = 1; k < pass_list.size(); ++k) {
    const bool same =
        pass_list[k].ofmap_tile == pass_list[k - 1].ofmap_tile && pass_list[k].image == pass_list[k - 1].image;
    pass_list[k].takes_psums = !same;
    pass_list[k - 1].gives_psums = !same;
  }
}

void CscBroadcastSchedule::order_transfers() {
  for (std::int64_t k = 0; k < passes; ++k) {
    const CscPass& pass = pass_at(k);
    if (brings_filters(k)) {
      transfers.push_back({TransferKind::fill_filter, pass.filter_tile,
                           k == 0 ? PassEvent::none : PassEvent::filters_sent, std::max<std::int64_t>(k - 1, 0)});
    }
    if (k > 0 && pass.ofmap_tile != pass_at(k - 1).ofmap_tile) {
      transfers.push_back({TransferKind::drain_ofmap, pass_at(k - 1).ofmap_tile, PassEvent::ended, k - 1});
    }
    if (k == 0) {
      transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::none, 0});
    } else if (pass.ifmap_tile != pass_at(k - 1).ifmap_tile) {
      transfers.push_back({TransferKind::fill_ifmap, pass.ifmap_tile, PassEvent::ready, k});
    }
    transfers_before.push_back(static_cast<std::int64_t>(transfers.size()));
  }
  transfers.push_back({TransferKind::drain_ofmap, pass_list.back().ofmap_tile, PassEvent::ended, passes - 1});
}

std::vector<std::int64_t> CscBroadcastSchedule::filter_positions(std::int64_t tile) const {
  const CscFilterTile& box = filter_tile(tile);
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(box.words()));
  for (std::int64_t filter = box.filter; filter < box.filter + box.filters; ++filter) {
    for (std::int64_t input = box.input; input < box.input + box.inputs; ++input) {
      positions.push_back(filter * inputs_of(shape_) + input);
    }
  }
  return positions;
}

std::vector<std::uint64_t> CscBroadcastSchedule::encode_filters(std::int64_t tile, Span<const StoredWord> words,
                                                                std::int64_t link_bits) const {
  return csc_stream(format, words, filter_tile(tile).inputs, link_bits);
}

std::vector<StoredWord> CscBroadcastSchedule::decode_filters(std::int64_t tile, Span<const std::uint64_t> stream,
                                                             std::int64_t link_bits) const {
  const CscFilterTile& box = filter_tile(tile);
  return csc_matrix(format, stream, link_bits, box.filters, box.inputs);
}

std::int64_t CscBroadcastSchedule::encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                                        const std::weak_ptr<const void>& owner,
                                                        std::int64_t link_bits) const {
  const CscFilterTile& box = filter_tile(tile);
  return csc_stream_words(format, known_columns(format, box, filters, inputs_of(shape_), owner)->entries(), box.inputs,
                          link_bits);
}

AccumulationOrder CscBroadcastSchedule::accumulation_order() const {
  // Broadcasts are in the order of the inputs, and queues keep it.
  std::vector<std::int64_t> inputs(static_cast<std::size_t>(inputs_of(shape_)));
  std::iota(inputs.begin(), inputs.end(), 0);
  return {inputs};
}

}  // namespace lacuna
