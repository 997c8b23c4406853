// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/mac/mac.hpp"
#include "hw/mac/multiplier.hpp"

namespace lacuna {

/// What all datapaths share whose products are exact integers: psum' = accumulate(psum, shift_round(product)). The sums
/// of blocks are those of products of worths, whatever the datapath does to make them; one MAC is made as the datapath
/// makes it. Where there is a codebook, stored weights are codes of up to 8 bits.
class ProductMac : public Mac {
 public:
  Word step(Word activation, Word weight, Word psum) const override {
    return accumulate(arithmetic_, psum, shift_round(product(activation, weight), arithmetic_.product_shift));
  }
  void sum(const PsumBlock& block) const override;
  void sum(const TapMajorBlock& block) const override;
  void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const override;
  /// A table is addressed by the low 8 bits, as in hardware; entries past the codebook are worth 0.
  Word worth(Word weight) const override { return codes_ == 0 ? weight : table_[index_of(weight)]; }

 protected:
  /// Throws Error (bad_input), naming the datapath `mac`, where arithmetic or codebook exceed 16-bit operands.
  ProductMac(const MacSetup& setup, const std::string& mac);
  /// The product of an activation and what a stored weight is worth, as the datapath makes it.
  virtual std::int64_t product(Word activation, Word weight) const = 0;
  /// Refuses a codebook: weights are stored as values.
  static void refuse_codebook(const MacSetup& setup, const std::string& mac);
  /// Refuses worths other than -1, 0 and 1: what narrow formats have, which any multiplier takes.
  static void refuse_large_worths(const MacSetup& setup, const std::string& mac);
  /// Refuses to go without one.
  static void need_codebook(const MacSetup& setup, const std::string& mac);

  Multiplier multiplier_;

 private:
  static constexpr std::size_t kEntries = 256;
  static std::size_t index_of(Word code) { return static_cast<std::size_t>(code) % kEntries; }
  std::array<std::uint32_t, kEntries> products_of(Word activation) const;
  void sum_looked_up(const TapMajorBlock& block) const;
  PsumBlock looked_up(const PsumBlock& block, std::vector<StoredWord>& worths) const;

  Arithmetic arithmetic_;
  std::array<Word, kEntries> table_{};
  std::size_t codes_ = 0;  ///< entries of the codebook; 0: weights are stored as values
};

/// A parallel multiplier of weights stored as values, whole or cut into sub-words.
class MultiplierMac final : public ProductMac {
 public:
  MultiplierMac(const MacSetup& setup, const std::string& mac) : ProductMac(setup, mac) { refuse_codebook(setup, mac); }
  Word step(Word activation, Word weight, Word psum) const override {
    return multiplier_.step(activation, weight, psum);
  }

 protected:
  std::int64_t product(Word activation, Word weight) const override { return std::int64_t{activation} * weight; }
};

}  // namespace lacuna
