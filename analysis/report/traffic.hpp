// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "analysis/report/result_document.hpp"

namespace lacuna {

extern const char* const kPeStorage;
extern const char* const kNoc;
extern const char* const kGlobalBuffer;
extern const char* const kDram;

/// What moves at one level, and the counts that it is the sum of.
struct Traffic {
  double bytes = 0.0;
  std::string events;
};

/// Bytes read and written at each level in a layer. DRAM: dram_read_bytes + dram_write_bytes, as stored. The others:
/// words counted by units named *_spad or accumulator, *_bus and *_link (words, not deliveries), and global_buffer,
/// times the width of the word: filter and weight words have weight_bits, ifmap and activation words activation_bits,
/// others `accumulator_bits`.
std::map<std::string, Traffic> traffic_by_level(const Figures& layer, double accumulator_bits);

/// Width of a psum: /config/chip/mac/accumulator_bits.
double accumulator_bits(const ResultDocument& result);

}  // namespace lacuna
