// SPDX-License-Identifier: Apache-2.0
#include "sim/values/sqnr.hpp"

#include <cmath>
#include <limits>

#include "workloads/random/random.hpp"

namespace lacuna {

void Sqnr::add(Span<const float> reference, const ActivationFormat& format, Span<const StoredWord> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double wanted = reference[i];
    const double error = wanted - format.value_of(words[i]);
    signal_ += wanted * wanted;
    noise_ += error * error;
  }
}

double Sqnr::db() const {
  constexpr double kLn10 = 2.302585092994045684;
  if (noise_ == 0.0) return std::numeric_limits<double>::infinity();
  if (signal_ == 0.0) return -std::numeric_limits<double>::infinity();
  return 10.0 * (natural_log(signal_) - natural_log(noise_)) / kLn10;
}

}  // namespace lacuna
