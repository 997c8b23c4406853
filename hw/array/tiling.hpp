// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array.hpp"

namespace lacuna {

/// Words of the largest tiles that lie in the global buffer at once.
struct TileWords {
  std::int64_t ifmap = 0;
  std::int64_t psum = 0;
  std::int64_t filter = 0;
};

/// Whole banks that `words` words of `bits` bits take.
std::int64_t banks_for(const MappingContext& context, std::int64_t words, std::int64_t bits);

/// Words of `bits` bits that `banks` banks hold: the most that banks_for gives no more banks for.
std::int64_t words_in(const MappingContext& context, std::int64_t banks, std::int64_t bits);

/// Filter words of a tile that the filter banks, and a tile store where there is one, have room for.
std::int64_t filter_words_in(const MappingContext& context);

/// "WHAT = NEEDED UNIT, but FIELD gives AVAILABLE": a capacity that a mapping breaks.
std::string over_capacity(const std::string& what, std::int64_t needed, const std::string& unit, std::int64_t available,
                          const std::string& field);

/// "" when the tiles fit the global buffer, else what they need, what there is and which field of the chip says so.
std::string broken_buffer(const MappingContext& context, const TileWords& tiles);

/// Distinct values of ceil(whole / k) for k = 1, 2, ...: the sizes that cut `whole` into even parts, largest first.
std::vector<std::int64_t> even_parts(std::int64_t whole);

/// The numbers that divide `whole`, largest first.
std::vector<std::int64_t> divisors(std::int64_t whole);

/// Calls visit(first, count) for each part of at most `size` of a range.
template <class Visit>
void for_parts(std::int64_t first, std::int64_t count, std::int64_t size, const Visit& visit) {
  for (std::int64_t part = 0; part < count; part += size) visit(first + part, std::min(size, count - part));
}

/// A line of a loop nest, for people: "for 4 tiles of 64 WHAT", further in by `depth`.
std::string loop_line(std::int64_t depth, std::int64_t count, const std::string& part, std::int64_t size,
                      const std::string& what);

/// Parts of one size that a dimension is cut into.
struct Parts {
  std::int64_t size = 1;
  std::int64_t count = 0;
};

/// `whole` in tiles of `tile`: the full ones, then the rest, which may be none.
constexpr std::array<Parts, 2> parts_of(std::int64_t whole, std::int64_t tile) {
  return {{{tile, whole / tile}, {whole % tile, whole % tile == 0 ? 0 : 1}}};
}

}  // namespace lacuna
