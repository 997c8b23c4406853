// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/fault.hpp"

namespace lacuna {

/// Words read and written in one region of the global buffer.
struct RegionCounts {
  std::int64_t reads = 0;
  std::int64_t writes = 0;
};

/// One kind of data in the global buffer: its own banks, one read and one write port.
class BufferRegion {
 public:
  void resize(std::int64_t words) { words_.assign(static_cast<std::size_t>(words), 0); }
  Word read(std::int64_t address) {
    ++counts_.reads;
    return words_.at(static_cast<std::size_t>(address));
  }
  /// The word, for an array that counts its reads by an event of its own.
  Word peek(std::int64_t address) const { return words_.at(static_cast<std::size_t>(address)); }
  void write(std::int64_t address, Word word) {
    ++counts_.writes;
    words_.at(static_cast<std::size_t>(address)) = word;
  }
  const RegionCounts& counts() const { return counts_; }
  /// For a model that moves many words at once, and then says how many.
  void count(std::int64_t reads, std::int64_t writes) {
    counts_.reads += reads;
    counts_.writes += writes;
  }

 private:
  std::vector<Word> words_;
  RegionCounts counts_;
};

/// The global buffer of one layer: ifmap tile, psum tile and the filters of a pass, in disjoint banks, so that the
/// ports of the buses and of the DRAM side never meet. The bank count acts through capacity alone (the mapping's
/// check).
class GlobalBuffer : public sc_core::sc_module {
 public:
  GlobalBuffer(const sc_core::sc_module_name& name, Faults& faults, std::int64_t ifmap_words, std::int64_t psum_words,
               std::int64_t filter_words);

  Word read_ifmap(std::int64_t address) { return faults_.global_buffer_read.pass(ifmap.read(address)); }
  /// A psum for the DRAM side: counted apart from the array's reads.
  Word drain_psum(std::int64_t address);
  /// A psum read of the first channel pass: the port delivers zero, the access is counted all the same.
  Word read_zero_psum();
  // For a model that moves many words at once, and then says how many.
  void count_zero_psums(std::int64_t psums) { zero_psums_read_ += psums; }
  void count_drained_psums(std::int64_t psums) {
    psum.count(psums, 0);
    psums_drained_ += psums;
  }

  BufferRegion ifmap;
  BufferRegion psum;
  BufferRegion filter;
  /// Reads and writes of each region, on one line.
  std::string state() const;
  std::int64_t psums_drained() const { return psums_drained_; }
  std::int64_t zero_psums_read() const { return zero_psums_read_; }

 private:
  Faults& faults_;
  std::int64_t psums_drained_ = 0;
  std::int64_t zero_psums_read_ = 0;
};

}  // namespace lacuna
