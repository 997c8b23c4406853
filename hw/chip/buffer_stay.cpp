// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/buffer_stay.hpp"

#include <algorithm>

namespace lacuna {
namespace {

/// Stays of one operand, by the fills of one kind.
void add_operand(TransferKind kind, const LayerSchedule& schedule, const std::vector<PassRecord>& passes,
                 const std::vector<TransferRecord>& transfers, std::vector<BufferStay>& stays) {
  const bool filters = kind == TransferKind::fill_filter;
  const std::size_t own = stays.size();
  for (std::size_t i = 0; i < transfers.size(); ++i) {
    const Transfer& transfer = schedule.transfers[i];
    if (transfer.kind != kind) continue;
    if (stays.size() > own) stays.back().end = transfers[i].released;
    BufferStay stay;
    stay.content = filters ? BufferContent::filter : BufferContent::ifmap;
    stay.tile = transfer.tile;
    stay.first = transfers[i].start;
    stay.link_words = transfers[i].words;
    stay.words = filters ? schedule.filter_tile_words(transfer.tile)
                         : schedule.ifmap_tiles[static_cast<std::size_t>(transfer.tile)].words();
    stays.push_back(stay);
  }
  stays.back().end = (filters ? passes.back().filters_sent : passes.back().end) + 1;
}

void add_psums(const LayerSchedule& schedule, const std::vector<PassRecord>& passes,
               const std::vector<TransferRecord>& transfers, std::vector<BufferStay>& stays) {
  std::int64_t before = 0;  // transfers up to the drain of the tile before
  for (std::size_t i = 0; i < transfers.size(); ++i) {
    const Transfer& transfer = schedule.transfers[i];
    if (transfer.kind != TransferKind::drain_ofmap) continue;
    const auto first = std::lower_bound(schedule.transfers_before.begin(), schedule.transfers_before.end(), before) -
                       schedule.transfers_before.begin();
    stays.push_back({BufferContent::psum, transfer.tile, passes[static_cast<std::size_t>(first)].start,
                     transfers[i].end, schedule.ofmap_tiles[static_cast<std::size_t>(transfer.tile)].words()});
    before = static_cast<std::int64_t>(i) + 1;
  }
}

}  // namespace

std::vector<BufferStay> buffer_stays(const LayerSchedule& schedule, const std::vector<PassRecord>& passes,
                                     const std::vector<TransferRecord>& transfers) {
  std::vector<BufferStay> stays;
  add_operand(TransferKind::fill_ifmap, schedule, passes, transfers, stays);
  // Filters in a format of the array's own go into memories of the array.
  if (!schedule.own_filter_format()) add_operand(TransferKind::fill_filter, schedule, passes, transfers, stays);
  add_psums(schedule, passes, transfers, stays);
  return stays;
}

}  // namespace lacuna
