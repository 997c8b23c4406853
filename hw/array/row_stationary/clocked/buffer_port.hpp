// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/row_stationary/clocked/context.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_decoder.hpp"

namespace lacuna {

/// The address generators between the buses and the global buffer: they know where the tiles lie, and put zero words
/// where a tile is filled up with filters or channels that the layer does not have.
class RowStationaryBufferPort : public RowStationaryMemory {
 public:
  /// With a decoder, filter words come from there.
  RowStationaryBufferPort(const RowStationarySchedule& schedule, GlobalBuffer& buffer, WeightDecoder* decoder)
      : schedule_(schedule), buffer_(buffer), decoder_(decoder) {}

  Word filter(std::int64_t pass, const FilterProgram& at, std::int64_t lane) override;
  void begin_filters(std::int64_t pass) override;
  bool has_filters(std::int64_t pass, const FilterProgram& at, std::int64_t lanes) const override;
  Word ifmap(std::int64_t pass, const IfmapProgram& at) override;
  Word psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane) override;
  void write_psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane, Word word) override;

 private:
  /// Address of a psum, or -1 for a filter past the end.
  std::int64_t psum_address(std::int64_t pass, const PsumProgram& at, std::int64_t lane) const;

  const RowStationarySchedule& schedule_;
  GlobalBuffer& buffer_;
  WeightDecoder* const decoder_;
  std::int64_t filter_address_ = 0;  ///< real filter words of the pass read so far: they lie in bus order
};

}  // namespace lacuna
