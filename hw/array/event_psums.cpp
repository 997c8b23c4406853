// SPDX-License-Identifier: Apache-2.0
#include "hw/array/event_psums.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

EventPsums::EventPsums(const LayerShape& shape, const LayerSchedule& schedule, const Mac& mac,
                       const Arithmetic& arithmetic, const EventBuffer& buffer)
    : shape_(shape),
      schedule_(schedule),
      buffer_(buffer),
      mac_(mac),
      arithmetic_(arithmetic),
      order_(arithmetic.in_order() ? schedule.accumulation_order() : AccumulationOrder()),
      tiles_(schedule.ofmap_tiles.size()) {}

/// How many taps have been added at a meeting. Passes mostly go through the meetings of a tile in order.
std::int64_t& EventPsums::taps_met(Progress& tile, const Meeting& meeting) {
  auto known = tile.taps_met.begin() + static_cast<std::ptrdiff_t>(tile.next);
  if (known == tile.taps_met.end() || known->first != meeting) {
    known = std::lower_bound(tile.taps_met.begin(), tile.taps_met.end(), meeting,
                             [](const auto& entry, const Meeting& wanted) { return entry.first < wanted; });
  }
  if (known == tile.taps_met.end() || known->first != meeting) known = tile.taps_met.insert(known, {meeting, 0});
  tile.next = static_cast<std::size_t>(known - tile.taps_met.begin()) + 1;
  return known->second;
}

void EventPsums::add(const Products& products) {
  Progress& tile = tiles_.at(static_cast<std::size_t>(products.ofmap_tile));
  std::int64_t& met =
      taps_met(tile, {products.first_filter, products.filters, products.first_output, products.outputs});
  if (met != products.first_tap) {
    fail_run("ofmap tile " + std::to_string(products.ofmap_tile) + ": a pass adds taps from " +
             std::to_string(products.first_tap) + " on, but " + std::to_string(met) + " have been added");
  }
  met += products.taps;
  tile.products += products.filters * products.taps * products.outputs;
}

void EventPsums::expect_complete(std::int64_t ofmap_tile) const {
  const auto index = static_cast<std::size_t>(ofmap_tile);
  const std::int64_t wanted = schedule_.ofmap_tiles[index].words() * shape_.C * shape_.R * shape_.S;
  const std::int64_t made = tiles_[index].products;
  if (made == wanted) return;
  fail_run("ofmap tile " + std::to_string(ofmap_tile) + " is drained after " + std::to_string(made) + " of " +
           std::to_string(wanted) + " products");
}

std::vector<Word> EventPsums::compute(std::int64_t ofmap_tile) {
  if (!layer_) {
    layer_.emplace(shape_, mac_, arithmetic_, &order_, buffer_.filters());
    layer_->know_weights_by_tap(filters_by_tap_);
    layer_->know_signs(filter_signs_);
  }
  const FeatureTile& tile = schedule_.ofmap_tiles[static_cast<std::size_t>(ofmap_tile)];
  std::vector<Word> result(static_cast<std::size_t>(tile.words()));
  std::vector<const PhasePlanes*> images;
  std::vector<Word*> psums;
  for (std::int64_t image = 0; image < tile.images; ++image) {
    images.push_back(&buffer_.ifmap(tile.image + image));
    psums.push_back(result.data() + image * tile.words_per_image());
  }
  layer_->compute({tile.channel, tile.channels, tile.row, tile.rows}, images, psums);
  return result;
}

}  // namespace lacuna
