// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/multiplier.hpp"

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// The loop of row(). `combine(psum, product)` is one of four small functions, fixed outside the loop, and stride 1 has
/// a loop of its own, so that the compiler can vectorise.
template <class Combine>
inline void for_row(const Word* __restrict activation, std::ptrdiff_t stride, Word weight, Word* __restrict psum,
                    std::size_t count, Combine combine) {
  if (stride == 1) {
    for (std::size_t x = 0; x < count; ++x) psum[x] = combine(psum[x], activation[x] * weight);
  } else {
    for (std::size_t x = 0; x < count; ++x, activation += stride) psum[x] = combine(psum[x], *activation * weight);
  }
}

[[noreturn]] void refuse(const std::string& mac, const std::string& what, std::int64_t found, const char* allowed) {
  fail_input("MAC " + mac + ": found " + what + " " + std::to_string(found) + "; allowed " + allowed);
}

}  // namespace

void Multiplier::check(const Arithmetic& arithmetic, const std::string& mac) {
  if (arithmetic.product_shift < 0 || arithmetic.product_shift > 30)
    refuse(mac, "a product shift of", arithmetic.product_shift, "0 to 30");
  const std::int64_t widest = arithmetic.saturate ? 31 : 32;
  if (arithmetic.accumulator_bits < 2 || arithmetic.accumulator_bits > widest) {
    refuse(mac, "accumulator bits", arithmetic.accumulator_bits,
           arithmetic.saturate ? "2 to 31 where additions saturate" : "2 to 32");
  }
}

Multiplier::Multiplier(const Arithmetic& arithmetic)
    : shift_(static_cast<std::int32_t>(arithmetic.product_shift)),
      rounding_(shift_ == 0 ? 0 : std::int32_t{1} << (shift_ - 1)),
      unused_bits_(static_cast<std::int32_t>(32 - arithmetic.accumulator_bits)),
      low_(static_cast<std::int32_t>(-(std::int64_t{1} << (arithmetic.accumulator_bits - 1)))),
      high_(static_cast<std::int32_t>((std::int64_t{1} << (arithmetic.accumulator_bits - 1)) - 1)),
      saturate_(arithmetic.saturate) {}

void Multiplier::row(const Word* activation, std::ptrdiff_t stride, Word weight, Word* psum, std::size_t count) const {
  const std::int32_t shift = shift_;
  const std::int32_t rounding = rounding_;
  const std::int32_t unused = unused_bits_;
  const std::int32_t low = low_;
  const std::int32_t high = high_;
  const auto wrap_sum = [=](std::int32_t sum, std::int32_t addend) {
    const std::uint32_t total = static_cast<std::uint32_t>(sum) + static_cast<std::uint32_t>(addend);
    return static_cast<std::int32_t>(total << unused) >> unused;
  };
  const auto clamp_sum = [=](std::int32_t sum, std::int32_t addend) {
    const std::int32_t total = sum + addend;
    return total > high ? high : (total < low ? low : total);
  };
  const auto scaled = [=](std::int32_t product) { return (product + rounding) >> shift; };
  const auto wrap_scaled = [=](std::int32_t sum, std::int32_t product) { return wrap_sum(sum, scaled(product)); };
  const auto clamp_scaled = [=](std::int32_t sum, std::int32_t product) { return clamp_sum(sum, scaled(product)); };
  if (saturate_ && shift == 0) return for_row(activation, stride, weight, psum, count, clamp_sum);
  if (saturate_) return for_row(activation, stride, weight, psum, count, clamp_scaled);
  if (shift == 0) return for_row(activation, stride, weight, psum, count, wrap_sum);
  for_row(activation, stride, weight, psum, count, wrap_scaled);
}

}  // namespace lacuna
