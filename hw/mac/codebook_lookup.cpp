// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "hw/base/error.hpp"
#include "hw/mac/mac.hpp"
#include "hw/mac/multiplier.hpp"

namespace lacuna {
namespace {

constexpr std::size_t kEntries = 256;

/// A multiplier behind a table: the stored weight is a code of up to 8 bits, the table gives its worth.
class CodebookLookupMac final : public Mac {
 public:
  CodebookLookupMac(const Arithmetic& arithmetic, const std::vector<Word>& codebook) : multiplier_(arithmetic) {
    for (std::size_t code = 0; code < codebook.size(); ++code) table_[code] = codebook[code];
  }
  Word step(Word activation, Word weight, Word psum) const override {
    return multiplier_.step(activation, worth(weight), psum);
  }
  void row(const Word* activation, std::ptrdiff_t stride, Word weight, Word* psum, std::size_t count) const override {
    multiplier_.row(activation, stride, worth(weight), psum, count);
  }
  bool is_zero(Word weight) const override { return worth(weight) == 0; }

 private:
  /// The table is addressed by the low 8 bits, as in hardware; entries past the codebook are worth 0.
  Word worth(Word code) const { return table_[static_cast<std::size_t>(code) % kEntries]; }

  Multiplier multiplier_;
  std::array<Word, kEntries> table_{};
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
