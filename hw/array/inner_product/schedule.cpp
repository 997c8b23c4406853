// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/schedule.hpp"

#include <algorithm>

namespace lacuna {

InnerProductSchedule::InnerProductSchedule(const MappingContext& context, const InnerProductMapping& mapping)
    : TiledSchedule(context.shape, cut_tiles(context.shape, mapping)),
      array(inner_product_shape(context)),
      gating(static_cast<const InnerProductConfig&>(*context.array).gating()),
      stored(context.filter_store_words > 0),
      channel_tile_(std::min(mapping.c, context.shape.C)) {
  cut_layer();
  if (stored) filter_reads = fetched_filter_words();  // a tile is decoded once for all passes on it
}

InnerProductBox InnerProductSchedule::box(const TiledPass& pass) const {
  const std::int64_t images = ofmap_tile(pass).images;
  return {pass.filters, images, pass.pixels / images, pass.taps};
}

void InnerProductSchedule::cut_box(const TiledPass& box) {
  TiledPass pass = box;
  add_pass(pass);
  pass_list.push_back(pass);
  const InnerProductDeal dealt = deal(pass);
  active_pes = std::max(active_pes, dealt.pes());
  filter_reads += dealt.weights_read();
}

/// The tree sums up the products of a step, lane by lane; the accumulator adds that to the psum.
AccumulationOrder InnerProductSchedule::accumulation_order() const {
  AccumulationOrder order;
  for_parts(0, shape().C, channel_tile_, [&](std::int64_t channel, std::int64_t channels) {
    const std::int64_t first_tap = channel * shape().R * shape().S;
    const InnerProductDeal dealt(array, shape(), {1, 1, 1, channels * shape().R * shape().S});
    for (std::int64_t step = 0; step < dealt.steps; ++step) {
      order.emplace_back();
      for (std::int64_t word = 0; word < dealt.words_at(step); ++word) {
        order.back().push_back(first_tap + dealt.tap(step, word));
      }
    }
  });
  return order;
}

}  // namespace lacuna
