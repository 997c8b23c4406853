// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/pass.hpp"

namespace lacuna {

InnerProductDeal::InnerProductDeal(const InnerProductShape& array, const LayerShape& layer, const InnerProductBox& box)
    : positions(layer.R * layer.S),
      taps(box.taps),
      width(array.width()),
      blocks(array.over_window ? 0 : ceil_div(taps / positions, width)),
      steps(array.over_window ? ceil_div(taps, width) : positions * blocks),
      images(box.images),
      plane(box.plane),
      filters(box.filters),
      filters_a_fold(array.filters),
      folds(ceil_div(filters, filters_a_fold)),
      all_windows(array.windows),
      pallets(ceil_div(plane, all_windows)),
      staggered(array.serial_fc && layer.E() * layer.F() == 1),
      cycles(array.rate.cycles),
      tree_latency(array.tree_latency),
      stagger(array.stagger),
      windows(std::min(all_windows, staggered ? issues() : plane)),
      columns(std::min(filters, filters_a_fold)),
      lanes(ceil_div(words_at(0), array.rate.macs)) {}

std::int64_t InnerProductDeal::words_at(std::int64_t step) const {
  if (blocks == 0) return std::min(width, taps - step * width);
  return std::min(width, taps / positions - step % blocks * width);
}

std::int64_t InnerProductDeal::tap(std::int64_t step, std::int64_t word) const {
  if (blocks == 0) return step * width + word;
  return (step % blocks * width + word) * positions + step / blocks;
}

InnerProductIssue InnerProductDeal::issue(std::int64_t number) const {
  const std::int64_t pallet = number / steps % (images * pallets);
  const std::int64_t first = pallet % pallets * all_windows;  // of the image
  InnerProductIssue issue;
  issue.fold = number / (steps * images * pallets);
  issue.pixel = pallet / pallets * plane + first;
  issue.windows = std::min(all_windows, plane - first);
  issue.step = number % steps;
  return issue;
}

}  // namespace lacuna
