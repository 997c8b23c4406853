// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/bit_field.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

void check_widths(const CodecParameters& parameters, const char* codec) {
  const std::int64_t widest = parameters.signed_values ? 16 : 15;
  if (parameters.value_bits < 1 || parameters.value_bits > widest) {
    fail_input("codec " + std::string(codec) + ": found values of " + std::to_string(parameters.value_bits) +
               " bits; allowed 1 to " + std::to_string(widest));
  }
  if (parameters.word_bits < 8 || parameters.word_bits > 64) {
    fail_input("codec " + std::string(codec) + ": found words of " + std::to_string(parameters.word_bits) +
               " bits; allowed 8 to 64");
  }
}

void check_fit(Span<const StoredWord> values, const CodecParameters& parameters) {
  StoredWord low = 0;
  StoredWord high = 0;
  for (const StoredWord value : values) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  to_field(low, parameters);
  to_field(high, parameters);
}

void fail_too_wide(Word value, const CodecParameters& parameters) {
  fail_run("value " + std::to_string(value) + " does not fit the " + std::to_string(parameters.value_bits) +
           " bits of its stream");
}

}  // namespace lacuna
