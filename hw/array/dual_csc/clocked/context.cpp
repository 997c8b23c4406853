// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/context.hpp"

namespace lacuna {

void DualCscContext::take_filters(std::int64_t index) {
  const DualCscTile& tile = schedule->filter_tile(pass(index).filter_tile);
  std::vector<std::uint64_t> words;
  for (std::int64_t row = 0; row < weights->rows(); ++row) words.push_back(weights->read(row));
  memories.load(words, link_bits, tile.filters, tile.taps);
}

}  // namespace lacuna
