// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

GlobalBuffer::GlobalBuffer(const sc_core::sc_module_name& name, Faults& faults, std::int64_t ifmap_words,
                           std::int64_t psum_words, std::int64_t filter_words)
    : sc_core::sc_module(name), faults_(faults) {
  ifmap.resize(ifmap_words);
  psum.resize(psum_words);
  filter.resize(filter_words);
}

std::string GlobalBuffer::state() const {
  const auto of = [](const BufferRegion& region) {
    return std::to_string(region.counts().reads) + " and " + std::to_string(region.counts().writes);
  };
  return std::string(name()) + ": reads and writes, ifmap " + of(ifmap) + ", psum " + of(psum) + ", filter " +
         of(filter);
}

Word GlobalBuffer::drain_psum(std::int64_t address) {
  ++psums_drained_;
  return psum.read(address);
}

Word GlobalBuffer::read_zero_psum() {
  ++zero_psums_read_;
  return 0;
}

}  // namespace lacuna
