// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"
#include "hw/number/weight_sharing.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMinBits = 1;
constexpr std::int64_t kMaxBits = 8;

/// Weight sharing: a stored word is a code, an index (not negative) into a table of at most 2^bits fixed-point entries
/// of value_bits. The clustering works on the values as fixed point of value_bits, so that a tensor of any size is a
/// histogram of at most 65,536 bins. Where the tensor holds exact zeros, code 0 is theirs alone and worth exactly 0,
/// and the other values share the entries that are left: the sparsity of pruned weights survives the coding.
class Codebook : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override;
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits + (std::int64_t{1} << parameters.bits) * parameters.value_bits;
  }
  std::int64_t min_bits() const override { return kMinBits; }
  std::int64_t max_bits() const override { return kMaxBits; }
  bool coded() const override { return true; }
  bool chooses_value_bits() const override { return true; }
};

const Registration<NumberFormat, Codebook> registered{"codebook"};

void check_widths(const NumberParameters& parameters) {
  if (parameters.bits < kMinBits || parameters.bits > kMaxBits)
    fail_input("number format codebook: found " + std::to_string(parameters.bits) + " bits; allowed 1 to 8");
  if (parameters.value_bits < 2 || parameters.value_bits > 16) {
    fail_input("number format codebook: found entries of " + std::to_string(parameters.value_bits) +
               " bits; allowed 2 to 16");
  }
}

/// Occurrences of each fixed-point word, leaving out values that are exactly zero.
std::vector<Bin> histogram(Span<const float> values, const std::vector<StoredWord>& words, std::int64_t value_bits) {
  const Word lowest = -(Word{1} << (value_bits - 1));
  std::vector<std::int64_t> counts(std::size_t{1} << value_bits, 0);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (values[i] != 0.0F) ++counts[static_cast<std::size_t>(words[i] - lowest)];
  std::vector<Bin> bins;
  for (std::size_t w = 0; w < counts.size(); ++w)
    if (counts[w] > 0) bins.push_back({static_cast<Word>(w) + lowest, counts[w]});
  return bins;
}

EncodedTensor Codebook::encode(Span<const float> values, const NumberParameters& parameters) const {
  check_widths(parameters);
  EncodedTensor encoded;
  encoded.fraction_bits = parameters.value_bits - parameters.integer_bits;
  std::vector<StoredWord> words = to_fixed_point(values, parameters.value_bits, encoded.fraction_bits);

  const bool has_zeros = std::find(values.begin(), values.end(), 0.0F) != values.end();
  const Word first_code = has_zeros ? 1 : 0;
  const std::vector<Bin> bins = histogram(values, words, parameters.value_bits);
  const Clusters clusters =
      cluster_bins(bins, (std::size_t{1} << parameters.bits) - static_cast<std::size_t>(first_code));

  if (has_zeros || values.empty()) encoded.codebook.push_back(0);
  for (const double centre : clusters.centres) encoded.codebook.push_back(static_cast<Word>(round_half_even(centre)));

  const Word lowest = -(Word{1} << (parameters.value_bits - 1));
  std::vector<StoredWord> code_of_word(std::size_t{1} << parameters.value_bits, 0);
  for (std::size_t b = 0; b < bins.size(); ++b)
    code_of_word[static_cast<std::size_t>(bins[b].value - lowest)] =
        static_cast<StoredWord>(static_cast<Word>(clusters.of_bin[b]) + first_code);
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = values[i] == 0.0F ? StoredWord{0} : code_of_word[static_cast<std::size_t>(words[i] - lowest)];
  }
  encoded.words = std::move(words);
  return encoded;
}

}  // namespace
}  // namespace lacuna
