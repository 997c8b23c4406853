// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/array.hpp"

namespace lacuna {

/// The tile store of an array that reads so many entries of it at once, a row, in each of its equal parts; an entry is
/// a weight and what the array keeps with it. A read is that of a row of one part; a write, of an entry, takes its
/// share of a row that is written once for all its entries.
inline UnitAttributes tile_store_unit(const MappingContext& context, std::int64_t row_entries, std::int64_t entry_bits,
                                      std::int64_t parts) {
  const std::int64_t rows = ceil_div(context.filter_store_words, row_entries * parts);
  return {"tile_store",
          "sram",
          {{"words", rows}, {"word_bits", row_entries * entry_bits}, {"instances", parts}},
          {{"write", {{"words", rows * row_entries}, {"word_bits", entry_bits}}}}};
}

}  // namespace lacuna
