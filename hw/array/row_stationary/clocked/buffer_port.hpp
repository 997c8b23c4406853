// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/row_stationary/clocked/context.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

/// The address generators between the buses and the global buffer: they know where the tiles lie, and put zero words
/// where a tile is filled up with filters or channels that the layer does not have.
class RowStationaryBufferPort : public RowStationaryMemory {
 public:
  RowStationaryBufferPort(const RowStationarySchedule& schedule, GlobalBuffer& buffer)
      : schedule_(schedule), buffer_(buffer) {}

  Word filter(std::int64_t pass, const FilterProgram& at, std::int64_t lane) override;
  Word ifmap(std::int64_t pass, const IfmapProgram& at) override;
  Word psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane) override;
  void write_psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane, Word word) override;

 private:
  /// Address of a psum, or -1 for a filter past the end.
  std::int64_t psum_address(std::int64_t pass, const PsumProgram& at, std::int64_t lane) const;

  const RowStationarySchedule& schedule_;
  GlobalBuffer& buffer_;
  std::int64_t filter_pass_ = -1;
  std::int64_t filter_address_ = 0;  ///< real filter words of the pass read so far: they lie in bus order
};

}  // namespace lacuna
