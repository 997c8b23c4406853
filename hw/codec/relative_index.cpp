// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/relative_index.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

std::int64_t RelativeIndex::fillers() const { return std::count(codes.begin(), codes.end(), std::uint8_t{0}); }

RelativeIndex encode_relative_index(Span<const std::uint8_t> codes, std::int64_t run_bits) {
  if (run_bits < 1 || run_bits > 8) {
    fail_input("relative index: found runs of " + std::to_string(run_bits) + " bits; allowed 1 to 8");
  }
  RelativeIndex index;
  index.run_bits = run_bits;
  const std::int64_t longest = (std::int64_t{1} << run_bits) - 1;
  std::int64_t zeros = 0;
  for (const std::uint8_t code : codes) {
    if (code == 0) {
      ++zeros;
      continue;
    }
    for (; zeros > longest; zeros -= longest + 1) {
      index.runs.push_back(static_cast<std::uint8_t>(longest));
      index.codes.push_back(0);
    }
    index.runs.push_back(static_cast<std::uint8_t>(zeros));
    index.codes.push_back(code);
    zeros = 0;
  }
  return index;
}

void fail_relative_index(std::int64_t entry, std::int64_t position, std::int64_t count) {
  fail_run("corrupted relative index: entry " + std::to_string(entry) +
           (position >= count ? " at position " + std::to_string(position) + " of " + std::to_string(count) + " codes"
                              : std::string(" is a filler that no encoder gives")));
}

}  // namespace lacuna
