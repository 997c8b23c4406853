// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kBitsPerByte = 8;

}  // namespace

std::int64_t banks_for(const MappingContext& context, std::int64_t words, std::int64_t bits) {
  return ceil_div(ceil_div(words * bits, kBitsPerByte), context.bank_bytes);
}

std::int64_t words_in(const MappingContext& context, std::int64_t banks, std::int64_t bits) {
  return banks * context.bank_bytes * kBitsPerByte / bits;
}

std::int64_t filter_words_in(const MappingContext& context) {
  const std::int64_t words = words_in(context, context.filter_banks, context.filter_room());
  return context.filter_store_words > 0 ? std::min(words, context.filter_store_words) : words;
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
  const std::int64_t filter_banks = banks_for(context, tiles.filter, context.filter_room());
  if (filter_banks > context.filter_banks) {
    return over_capacity("banks for " + std::to_string(tiles.filter) + " filter words of a pass", filter_banks, "banks",
                         context.filter_banks, "/chip/global_buffer/filter_banks");
  }
  if (context.filter_store_words > 0 && tiles.filter > context.filter_store_words) {
    return over_capacity("filter words of a pass, decoded", tiles.filter, "words", context.filter_store_words,
                         "/chip/weight_memory/store_words");
  }
  return "";
}

std::vector<std::int64_t> even_parts(std::int64_t whole) {
  std::vector<std::int64_t> parts;
  // From a part on, the largest number of parts that still gives it, and one more.
  for (std::int64_t count = 1; count <= whole;
       count = parts.back() == 1 ? whole + 1 : (whole - 1) / (parts.back() - 1) + 1) {
    parts.push_back(ceil_div(whole, count));
  }
  return parts;
}

std::vector<std::int64_t> divisors(std::int64_t whole) {
  std::vector<std::int64_t> large;
  std::vector<std::int64_t> small;
  for (std::int64_t divisor = 1; divisor * divisor <= whole; ++divisor) {
    if (whole % divisor != 0) continue;
    large.push_back(whole / divisor);
    if (divisor != whole / divisor) small.push_back(divisor);
  }
  large.insert(large.end(), small.rbegin(), small.rend());
  return large;
}

std::string loop_line(std::int64_t depth, std::int64_t count, const std::string& part, std::int64_t size,
                      const std::string& what) {
  const std::string parts = part + (count == 1 ? "" : part.back() == 's' || part.back() == 'h' ? "es" : "s");
  return std::string(static_cast<std::size_t>(2 * depth), ' ') + "for " + std::to_string(count) + " " + parts + " of " +
         std::to_string(size) + " " + what;
}

}  // namespace lacuna
