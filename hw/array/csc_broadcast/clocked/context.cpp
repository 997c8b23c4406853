// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/context.hpp"

namespace lacuna {

void CscContext::load_filters(std::int64_t index) {
  constexpr std::int64_t kWordBits = 64;
  const CscFilterTile& tile = schedule->filter_tile(pass(index).filter_tile);
  std::vector<StoredWord> words;
  for (std::int64_t i = 0; i < tile.words(); ++i) {
    words.push_back(static_cast<StoredWord>(faults->filter_path.pass(buffer->filter.read(i))));
  }
  memories.load(schedule->encode_filters(pass(index).filter_tile, words, kWordBits), kWordBits, tile.filters,
                tile.inputs);
}

}  // namespace lacuna
