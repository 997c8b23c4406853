// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tiling.hpp"

namespace lacuna {

std::int64_t banks_for(const MappingContext& context, std::int64_t words, std::int64_t bits) {
  constexpr std::int64_t kBitsPerByte = 8;
  return ceil_div(ceil_div(words * bits, kBitsPerByte), context.bank_bytes);
}

std::string over_capacity(const std::string& what, std::int64_t needed, const std::string& unit, std::int64_t available,
                          const std::string& field) {
  return what + " = " + std::to_string(needed) + " " + unit + ", but " + field + " gives " + std::to_string(available);
}

std::string broken_buffer(const MappingContext& context, const TileWords& tiles) {
  const std::int64_t ifmap_banks = banks_for(context, tiles.ifmap, context.activation_bits);
  const std::int64_t psum_banks = banks_for(context, tiles.psum, context.psum_bits);
  if (ifmap_banks + psum_banks > context.banks) {
    return over_capacity("banks for " + std::to_string(tiles.ifmap) + " ifmap words (" + std::to_string(ifmap_banks) +
                             ") and " + std::to_string(tiles.psum) + " psums (" + std::to_string(psum_banks) + ")",
                         ifmap_banks + psum_banks, "banks", context.banks, "/chip/global_buffer/banks");
  }
  const std::int64_t filter_banks = banks_for(context, tiles.filter, context.weight_bits);
  if (filter_banks > context.filter_banks) {
    return over_capacity("banks for " + std::to_string(tiles.filter) + " filter words of a pass", filter_banks, "banks",
                         context.filter_banks, "/chip/global_buffer/filter_banks");
  }
  return "";
}

std::vector<std::int64_t> even_parts(std::int64_t whole) {
  std::vector<std::int64_t> parts;
  for (std::int64_t k = 1; k <= whole; ++k) {
    const std::int64_t part = ceil_div(whole, k);
    if (parts.empty() || parts.back() != part) parts.push_back(part);
  }
  return parts;
}

}  // namespace lacuna
