// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array.hpp"

namespace lacuna {

/// Which sizes the mappings of a space have.
enum class Factors {
  perfect,  ///< tiles of ofmap channels fill the next larger tile, and the group, without rest
  any,      ///< they may leave a rest
  few,      ///< the few with rests that the default mapping is chosen from
};

/// What a mapping costs by closed form, for the whole batch: on data without zeros, and with a DRAM link that is never
/// waited for. Words of DRAM are those that streams encode, uncompressed.
struct MappingCost {
  std::int64_t active_pes = 0;      ///< PEs that the mapping covers
  std::int64_t cycles = 0;          ///< processing cycles: exact where the array says so, else an estimate
  std::int64_t compute_cycles = 0;  ///< of them, those in which the busiest PE issues MACs
  std::int64_t port_cycles = 0;     ///< in which the busiest bus between global buffer and array sends
  std::int64_t load_cycles = 0;     ///< in which operands are loaded and no PE works
  std::int64_t filter_cycles = 0;   ///< in which a pass sends its filters: those of the next are fetched after them
  std::int64_t dram_filter_words = 0;
  std::int64_t dram_ifmap_words = 0;
  std::int64_t dram_ofmap_words = 0;
  std::int64_t buffer_ifmap_reads = 0;
  std::int64_t buffer_psum_reads = 0;  ///< as many are written
  std::int64_t buffer_filter_reads = 0;
  std::int64_t macs_performed = 0;   ///< filler included
  std::vector<std::int64_t> events;  ///< counts of ArrayKind::events(), in their order

  std::int64_t dram_words() const { return dram_filter_words + dram_ifmap_words + dram_ofmap_words; }
  /// Words between global buffer and array but for filters: what Table V of JSSC 52(1), 2017 counts.
  std::int64_t buffer_words() const { return buffer_ifmap_reads + 2 * buffer_psum_reads; }
};

/// Is shown the mappings of a space, one after the other, in an order that depends on the layer and the array alone.
class MappingVisitor {
 public:
  virtual ~MappingVisitor() = default;
  /// Whether to go on to mappings none of which costs less than this, number by number.
  virtual bool enters(const MappingCost& at_least) = 0;
  /// A legal mapping and its cost. Both are gone after the call.
  virtual void visit(const ArrayMapping& mapping, const MappingCost& cost) = 0;
};

}  // namespace lacuna
