// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "hw/base/error.hpp"
#include "hw/base/zero_mask.hpp"
#include "hw/mac/code_sums.hpp"
#include "hw/mac/mac.hpp"
#include "hw/mac/multiplier.hpp"
#include "hw/mac/product_sums.hpp"

namespace lacuna {
namespace {

constexpr std::size_t kEntries = 256;

/// A multiplier behind a table: the stored weight is a code of up to 8 bits, the table gives its worth.
class CodebookLookupMac final : public Mac {
 public:
  CodebookLookupMac(const Arithmetic& arithmetic, const std::vector<Word>& codebook)
      : arithmetic_(arithmetic), multiplier_(arithmetic) {
    for (std::size_t code = 0; code < codebook.size(); ++code) table_[code] = codebook[code];
    codes_ = codebook.size();
  }
  Word step(Word activation, Word weight, Word psum) const override {
    return multiplier_.step(activation, worth(weight), psum);
  }
  void sum(const PsumBlock& block) const override {
    std::vector<StoredWord> worths;
    sum_products(arithmetic_, looked_up(block, worths));
  }
  /// A tap has few products, one per code: they are made once and looked up. Where they are too many for registers and
  /// code 0 is worth zero, what pruned weights have left is found in masks.
  void sum(const TapMajorBlock& block) const override {
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
  void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const override {
    std::vector<StoredWord> worths;
    sum_products_in_order(arithmetic_, looked_up(block, worths), order);
  }
  /// The table is addressed by the low 8 bits, as in hardware; entries past the codebook are worth 0.
  Word worth(Word code) const override { return table_[index_of(code)]; }

 private:
  static std::size_t index_of(Word code) { return static_cast<std::size_t>(code) % kEntries; }

  /// The shifted products of an activation and what each code is worth, modulo 2^32.
  std::array<std::uint32_t, kEntries> products_of(Word activation) const {
    std::array<std::uint32_t, kEntries> products{};
    for (std::size_t code = 0; code < codes_; ++code) {
      const std::int64_t product = std::int64_t{activation} * table_[code];
      products[code] = static_cast<std::uint32_t>(shift_round(product, arithmetic_.product_shift));
    }
    return products;
  }

  /// The block with what its codes are worth, which is put into `worths`.
  PsumBlock looked_up(const PsumBlock& block, std::vector<StoredWord>& worths) const {
    const std::size_t taps = block.tap_offsets.size();
    worths.reserve(block.filters * taps);
    for (std::size_t filter = 0; filter < block.filters; ++filter) {
      const StoredWord* const codes = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
      for (std::size_t tap = 0; tap < taps; ++tap) worths.push_back(static_cast<StoredWord>(worth(codes[tap])));
    }
    PsumBlock result = block;
    result.weights = worths.data();
    result.filter_pitch = static_cast<std::ptrdiff_t>(taps);
    return result;
  }

  Arithmetic arithmetic_;
  Multiplier multiplier_;
  std::array<Word, kEntries> table_{};
  std::size_t codes_ = 0;  ///< entries of the codebook; those past it are worth 0
};

/// Weight sharing in the PE (Han et al., "EIE", ISCA 2016): a table read, then a multiply-accumulate of
/// 16-bit fixed-point words; the read stands in a pipeline stage of its own and costs no throughput.
class CodebookLookup : public MacDatapath {
 public:
  std::string weight_format() const override { return "codebook"; }
  std::string activation_format() const override { return "fixed_point"; }
  std::int64_t max_weight_bits() const override { return 8; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::int64_t cycles_per_mac() const override { return 1; }
  std::vector<std::string> events() const override { return {"codebook.read", "mac.op"}; }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    Multiplier::check(setup.arithmetic, "codebook_lookup");
    if (setup.codebook.empty() || setup.codebook.size() > kEntries) {
      fail_input("MAC codebook_lookup: found a codebook of " + std::to_string(setup.codebook.size()) +
                 " entries; allowed 1 to 256");
    }
    for (const Word entry : setup.codebook) {
      if (entry != wrap(entry, 16)) {
        fail_input("MAC codebook_lookup: found a codebook entry " + std::to_string(entry) +
                   "; allowed -32768 to 32767");
      }
    }
    return std::make_unique<CodebookLookupMac>(setup.arithmetic, setup.codebook);
  }
};

const Registration<MacDatapath, CodebookLookup> registered{"codebook_lookup"};

}  // namespace
}  // namespace lacuna
