// SPDX-License-Identifier: Apache-2.0
#include "hw/base/elementary.hpp"

#include <cstdint>
#include <cstring>

namespace lacuna {

namespace {

// ln 2 in two parts: the upper one has 32 significant bits, so that its product with an exponent (11 bits) is exact.
constexpr double kLn2Upper = 0x1.62e42feep-1;
constexpr double kLn2Lower = 0x1.a39ef35793c76p-33;
constexpr double kLog2E = 0x1.71547652b82fep+0;
constexpr std::uint64_t kSqrtHalfBits = 0x3fe6a09e667f3bcdu;  // of the double 0x1.6a09e667f3bcdp-1

std::uint64_t bits_of(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

double double_of(std::uint64_t bits) {
  double x = 0.0;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

}  // namespace

double natural_log(double x) {
  // x = 2^e m with m in [sqrt(1/2), sqrt(2)): the exponent of x over sqrt(1/2), without a branch that would be guessed
  // wrong every other time. ln m = 2 artanh(s) with s = f / (2 + f), f = m - 1.
  const auto e = static_cast<std::int64_t>(bits_of(x) - kSqrtHalfBits) >> 52;
  const double m = double_of(bits_of(x) - (static_cast<std::uint64_t>(e) << 52));
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  // Series of 2 (artanh(s) - s) / s: the sum of 2 z^k / (2 k + 1). |z| <= 0.0295, so the first term left out, k = 11,
  // is below 2e-18.
  double series = 2.0 / 21.0;
  series = series * z + 2.0 / 19.0;
  series = series * z + 2.0 / 17.0;
  series = series * z + 2.0 / 15.0;
  series = series * z + 2.0 / 13.0;
  series = series * z + 2.0 / 11.0;
  series = series * z + 2.0 / 9.0;
  series = series * z + 2.0 / 7.0;
  series = series * z + 2.0 / 5.0;
  series = series * z + 2.0 / 3.0;
  series *= z;
  // 2 s = f - s f: the large term f is exact, and what is rounded is small beside it.
  const auto exponent = static_cast<double>(e);
  return exponent * kLn2Upper + (f - (s * (f - series) - exponent * kLn2Lower));
}

double exponential(double x) {
  if (x < -700.0) return 0.0;
  // x = k ln 2 + r with |r| <= 0.35; e^r by its power series: the first term left out, r^15 / 15!, is below 1.2e-19.
  const double scaled = x * kLog2E;
  const auto k = static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  const double r = (x - static_cast<double>(k) * kLn2Upper) - static_cast<double>(k) * kLn2Lower;
  double series = 1.0;
  for (int n = 14; n >= 3; --n) series = 1.0 + series * r / n;
  const double power = 1.0 + (r + r * r * series * 0.5);
  return power * double_of(static_cast<std::uint64_t>(k + 1023) << 52);
}

double hyperbolic_tangent(double x) {
  constexpr double kFlat = 20.0;  // from here on the double nearest to it is 1
  if (x > kFlat) return 1.0;
  if (x < -kFlat) return -1.0;
  const double squared = exponential(2.0 * x);
  return (squared - 1.0) / (squared + 1.0);
}

}  // namespace lacuna
