// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// "WHAT = NEEDED UNIT, but FIELD gives AVAILABLE": a capacity that a mapping breaks.
std::string over_capacity(const std::string& what, std::int64_t needed, const std::string& unit, std::int64_t available,
                          const std::string& field);

/// "" when the tiles fit the global buffer, else what they need, what there is and which field of the chip says so.
std::string broken_buffer(const MappingContext& context, const TileWords& tiles);

/// Distinct values of ceil(whole / k) for k = 1, 2, ...: the sizes that cut `whole` into even parts, largest first.
std::vector<std::int64_t> even_parts(std::int64_t whole);

}  // namespace lacuna
