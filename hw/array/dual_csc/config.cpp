// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/config.hpp"

#include <algorithm>

namespace lacuna {

namespace {

constexpr std::int64_t kMostPes = 1024;
constexpr std::int64_t kMostWords = 65536;
// Register files are priced up to 64 words (generic_45nm), and a window is a word of 64 bits to the event model.
constexpr std::int64_t kMostWeightAddresses = 64;
constexpr std::int64_t kMostRate = 256;
constexpr std::int64_t kMostAddressBits = 16;
constexpr std::int64_t kMostRunBits = 8;
constexpr std::int64_t kMostCycles = 16;

}  // namespace

void DualCscConfig::describe(FieldVisitor& v) {
  const auto words = [](const char* name, const char* meaning, std::int64_t least, std::int64_t most) {
    return FieldInfo(name, meaning, "words").range(least, most);
  };
  const auto bits = [](const char* name, const char* meaning, std::int64_t most) {
    return FieldInfo(name, meaning, "bit").range(1, most);
  };
  v.integer(
      FieldInfo("pes", "PEs: the same activations, each with ofmap channels of its own", "PEs").range(1, kMostPes),
      pe_count);
  v.integer(FieldInfo("macs", "MACs of a PE, which weights of one column feed: 1, or 2 (SIMD)", "MACs").range(1, 2),
            macs);
  v.integer(words("iact_address_entries", "addresses of activation columns, the end included", 2, kMostWords),
            iact_address_entries);
  v.integer(bits("iact_address_bits", "width of an address of an activation", kMostAddressBits), iact_address_bits);
  v.integer(words("iact_entries", "activations that a PE holds, of one window", 2, kMostWords), iact_entries);
  v.integer(words("weight_address_entries", "addresses of weight columns, the end included", 2, kMostWeightAddresses),
            weight_address_entries);
  v.integer(bits("weight_address_bits", "width of an address of a weight word", kMostAddressBits), weight_address_bits);
  v.integer(words("weight_words", "words of two weights with their zero runs that a PE holds", 1, kMostWords),
            weight_words);
  v.integer(words("psum_entries", "psums of a PE: most ofmap channels of a pass in it", 2, kMostWords), psum_entries);
  v.integer(bits("run_bits", "width of the zero run of an entry", kMostRunBits), run_bits);
  v.integer(words("iacts_per_cycle", "activations with their zero runs that come in a cycle, to all PEs", 1, kMostRate),
            iacts_per_cycle);
  v.integer(words("weight_words_per_cycle", "weight words that come in a cycle, to one PE", 1, kMostRate),
            weight_words_per_cycle);
  v.integer(words("weight_addresses_per_cycle", "addresses of weights that come in a cycle, to one PE", 1, kMostRate),
            weight_addresses_per_cycle);
  v.integer(words("psums_per_cycle", "psums of a PE that come in a cycle while as many leave", 1, kMostRate),
            psums_per_cycle);
  v.boolean(FieldInfo("double_buffer", "activations and psums of a window come while the window before is worked on"),
            double_buffer);
  v.integer(
      FieldInfo("empty_column_cycles", "cycles for a zero activation, or one whose weights are all zero", "cycles")
          .range(0, kMostCycles),
      empty_column_cycles);
  v.integer(FieldInfo("filler_cycles", "1: a filler among the weights takes the place of a weight; 0: none", "cycles")
                .range(0, 1),
            filler_cycles);
}

std::int64_t DualCscConfig::most_taps() const {
  const std::int64_t last_address = (std::int64_t{1} << iact_address_bits) - 1;
  const std::int64_t without_fillers = (iact_address_entries - 1) << run_bits;
  return std::min({weight_address_entries - 1, iact_entries, last_address, without_fillers});
}

std::int64_t DualCscConfig::most_words() const {
  return std::min(weight_words, (std::int64_t{1} << weight_address_bits) - 1);
}

void DualCscMapping::describe(FieldVisitor& v) {
  TiledMapping::describe(v);
  v.integer(FieldInfo("k", "ofmap channels of a PE in a pass", "channels").range(1, kMostWords).must(), k);
  v.integer(FieldInfo("t", "taps of a pass, in C R S order", "taps").range(1, kMostWeightAddresses - 1).must(), t);
}

DualCscShape DualCscConfig::shape() const {
  DualCscShape shape;
  shape.pes = pe_count;
  shape.macs = macs;
  shape.iact_columns = iact_address_entries - 1;
  shape.iacts_per_edge = iacts_per_cycle;
  shape.words_per_edge = weight_words_per_cycle;
  shape.addresses_per_edge = weight_addresses_per_cycle;
  shape.psums_per_edge = psums_per_cycle;
  shape.windows = double_buffer ? 2 : 1;
  shape.empty_column_cycles = empty_column_cycles;
  shape.filler_cycles = filler_cycles;
  return shape;
}

}  // namespace lacuna
