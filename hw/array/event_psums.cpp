// SPDX-License-Identifier: Apache-2.0
#include "hw/array/event_psums.hpp"

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

EventPsums::EventPsums(const LayerShape& shape, const LayerSchedule& schedule, const Mac& mac,
                       const Arithmetic& arithmetic, const EventBuffer& buffer)
    : shape_(shape),
      schedule_(schedule),
      buffer_(buffer),
      order_(arithmetic.saturate ? schedule.accumulation_order() : AccumulationOrder()),
      layer_(shape, mac, arithmetic, &order_, buffer.filters()) {}

void EventPsums::add(const Products& products) {
  const Meeting meeting{products.ofmap_tile, products.first_filter, products.filters, products.first_output,
                        products.outputs};
  const auto known = taps_met_.try_emplace(next_meeting_, meeting, 0);
  next_meeting_ = std::next(known);
  std::int64_t& met = known->second;
  if (met != products.first_tap) {
    fail_run("ofmap tile " + std::to_string(products.ofmap_tile) + ": a pass adds taps from " +
             std::to_string(products.first_tap) + " on, but " + std::to_string(met) + " have been added");
  }
  met += products.taps;
  products_of_tile_[products.ofmap_tile] += products.filters * products.taps * products.outputs;
}

void EventPsums::expect_complete(std::int64_t ofmap_tile) const {
  const FeatureTile& tile = schedule_.ofmap_tiles[static_cast<std::size_t>(ofmap_tile)];
  const std::int64_t wanted = tile.words() * shape_.C * shape_.R * shape_.S;
  const auto found = products_of_tile_.find(ofmap_tile);
  const std::int64_t made = found == products_of_tile_.end() ? 0 : found->second;
  if (made == wanted) return;
  fail_run("ofmap tile " + std::to_string(ofmap_tile) + " is drained after " + std::to_string(made) + " of " +
           std::to_string(wanted) + " products");
}

std::vector<Word> EventPsums::compute(std::int64_t ofmap_tile) const {
  const FeatureTile& tile = schedule_.ofmap_tiles[static_cast<std::size_t>(ofmap_tile)];
  std::vector<Word> result(static_cast<std::size_t>(tile.words()));
  std::vector<const PhasePlanes*> images;
  std::vector<Word*> psums;
  for (std::int64_t image = 0; image < tile.images; ++image) {
    images.push_back(&buffer_.ifmap(tile.image + image));
    psums.push_back(result.data() + image * tile.words_per_image());
  }
  layer_.compute({tile.channel, tile.channels, tile.row, tile.rows}, images, psums);
  return result;
}

}  // namespace lacuna
