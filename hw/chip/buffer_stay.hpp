// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/array/schedule.hpp"
#include "hw/chip/transfer_record.hpp"

namespace lacuna {

enum class BufferContent { ifmap, filter, psum };

/// A tile in the global buffer: it takes its place at `first` and leaves it before `end`.
struct BufferStay {
  BufferContent content = BufferContent::ifmap;
  std::int64_t tile = 0;  ///< index into the tiles of its kind
  std::int64_t first = 0;
  std::int64_t end = 0;
  std::int64_t words = 0;
  std::int64_t link_words = 0;  ///< that its fill took: its room where streams stay as they are
};

/// What lies in the global buffer when. An operand's tile has its place from the start of its fill until the event that
/// lets the next fill of its kind go ahead, the last one until the last pass has sent its filters (filters) or ended
/// (ifmap). A psum tile has its place from the start of its first pass to the end of its drain. `transfers` are those
/// of the schedule, in its order. One tile of each kind at a time: stays of a kind do not overlap.
std::vector<BufferStay> buffer_stays(const LayerSchedule& schedule, const std::vector<PassRecord>& passes,
                                     const std::vector<TransferRecord>& transfers);

}  // namespace lacuna
