// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_mac.hpp"

#include "hw/base/error.hpp"
#include "hw/base/zero_mask.hpp"
#include "hw/mac/code_sums.hpp"
#include "hw/mac/product_sums.hpp"

namespace lacuna {

ProductMac::ProductMac(const MacSetup& setup, const std::string& mac)
    : multiplier_(Multiplier::checked(setup.arithmetic, mac)),
      arithmetic_(setup.arithmetic),
      codes_(setup.codebook.size()) {
  if (codes_ > kEntries) {
    fail_input("MAC " + mac + ": found a codebook of " + std::to_string(codes_) + " entries; allowed 1 to 256");
  }
  for (std::size_t code = 0; code < codes_; ++code) {
    const Word entry = setup.codebook[code];
    if (entry != wrap(entry, 16)) {
      fail_input("MAC " + mac + ": found a codebook entry " + std::to_string(entry) + "; allowed -32768 to 32767");
    }
    table_[code] = entry;
  }
}

void ProductMac::refuse_codebook(const MacSetup& setup, const std::string& mac) {
  if (!setup.codebook.empty()) fail_input("MAC " + mac + ": found a codebook; allowed are weights stored as values");
}

void ProductMac::refuse_large_worths(const MacSetup& setup, const std::string& mac) {
  for (const Word entry : setup.codebook) {
    if (entry >= -1 && entry <= 1) continue;
    fail_input("MAC " + mac + ": found a weight worth " + std::to_string(entry) + "; allowed -1, 0 and 1");
  }
}

void ProductMac::need_codebook(const MacSetup& setup, const std::string& mac) {
  if (setup.codebook.empty()) fail_input("MAC " + mac + ": found a codebook of 0 entries; allowed 1 to 256");
}

void ProductMac::sum(const PsumBlock& block) const {
  std::vector<StoredWord> worths;
  sum_products(arithmetic_, codes_ == 0 ? block : looked_up(block, worths));
}

void ProductMac::sum(const TapMajorBlock& block) const {
  codes_ == 0 ? sum_products(arithmetic_, block) : sum_looked_up(block);
}

void ProductMac::sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const {
  std::vector<StoredWord> worths;
  sum_products_in_order(arithmetic_, codes_ == 0 ? block : looked_up(block, worths), order);
}

/// A tap has few products, one per code: they are made once and looked up. Where they are too many for registers and
/// code 0 is worth zero, what pruned weights have left is found in masks.
void ProductMac::sum_looked_up(const TapMajorBlock& block) const {
  if (codes_ <= kFewCodes) return sum_code_products(arithmetic_, {table_.data(), codes_}, block);
  std::vector<std::uint32_t> sums(block.filters, 0);
  for (std::size_t tap = 0; tap < block.activations.size(); ++tap) {
    if (block.activations[tap] == 0) continue;
    const std::array<std::uint32_t, kEntries> products = products_of(block.activations[tap]);
    const Span<const StoredWord> codes(block.weights + static_cast<std::ptrdiff_t>(tap) * block.tap_pitch,
                                       block.filters);
    if (products[0] == 0) {
      for_each_non_zero(codes, [&](std::size_t f) { sums[f] += products[index_of(codes[f])]; });
    } else {
      for (std::size_t f = 0; f < block.filters; ++f) sums[f] += products[index_of(codes[f])];
    }
  }
  for (std::size_t f = 0; f < block.filters; ++f) {
    block.psums[f] = static_cast<Word>(wrap(static_cast<std::int64_t>(sums[f]), arithmetic_.accumulator_bits));
  }
}

/// The shifted products of an activation and what each code is worth, modulo 2^32.
std::array<std::uint32_t, ProductMac::kEntries> ProductMac::products_of(Word activation) const {
  std::array<std::uint32_t, kEntries> products{};
  for (std::size_t code = 0; code < codes_; ++code) {
    const std::int64_t product = std::int64_t{activation} * table_[code];
    products[code] = static_cast<std::uint32_t>(shift_round(product, arithmetic_.product_shift));
  }
  return products;
}

/// The block with what its codes are worth, which is put into `worths`.
PsumBlock ProductMac::looked_up(const PsumBlock& block, std::vector<StoredWord>& worths) const {
  const std::size_t taps = block.tap_offsets.size();
  worths.resize(block.filters * taps);
  std::array<StoredWord, kEntries> entries{};
  std::transform(table_.begin(), table_.end(), entries.begin(),
                 [](Word worth) { return static_cast<StoredWord>(worth); });
  StoredWord* to = worths.data();
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const StoredWord* const codes = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    to = std::transform(codes, codes + taps, to, [&](StoredWord code) { return entries[index_of(code)]; });
  }
  PsumBlock result = block;
  result.weights = worths.data();
  result.filter_pitch = static_cast<std::ptrdiff_t>(taps);
  return result;
}

}  // namespace lacuna
