// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/mac/product_mac.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kWidestCode = 8;  // bits: more make no larger table

/// A multiplier behind a table: the stored weight is a code of up to 8 bits, the table gives its worth.
class CodebookLookupMac final : public ProductMac {
 public:
  explicit CodebookLookupMac(const MacSetup& setup) : ProductMac(setup, "codebook_lookup") {
    need_codebook(setup, "codebook_lookup");
  }
  Word step(Word activation, Word weight, Word psum) const override {
    return multiplier_.step(activation, worth(weight), psum);
  }

 protected:
  std::int64_t product(Word activation, Word weight) const override { return std::int64_t{activation} * worth(weight); }
};

/// Weight sharing in the PE (Han et al., "EIE", ISCA 2016): a table read, then a multiply-accumulate of
/// 16-bit fixed-point words; the read stands in a pipeline stage of its own and costs no throughput.
class CodebookLookup : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override {
    return {"codebook", "ternary_asymmetric", "tanh_levels", "integer_affine", "log_sqrt2"};
  }
  std::vector<std::string> activation_formats() const override { return {"fixed_point", "uniform_levels"}; }
  std::int64_t max_weight_bits() const override { return 8; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {{"codebook.read"}, {"mac.op"}}; }
  std::vector<UnitAttributes> units(const MacUnit& of) const override {
    const std::int64_t words = std::int64_t{1} << std::min(of.table_codes, kWidestCode);
    return {multiplier_unit(of, std::max(of.value_bits, of.activation_bits)),
            {"codebook",
             "look_up",
             {{"words", words}, {"word_bits", of.value_bits}, {"instances", of.instances}},
             {},
             true}};
  }
  std::unique_ptr<Mac> set_up(const MacSetup& setup) const override {
    return std::make_unique<CodebookLookupMac>(setup);
  }
};

const Registration<MacDatapath, CodebookLookup> registered{"codebook_lookup"};

}  // namespace
}  // namespace lacuna
