// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/tile_writer.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer. Only pass records and the buffer change during the run.
struct InnerProductContext {
  const InnerProductSchedule* schedule = nullptr;
  std::vector<InnerProductDeal> deals;  ///< one per pass
  Arithmetic arithmetic;
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  TileWriter* tile_writer = nullptr;  ///< where filters come through a tile store
  Faults* faults = nullptr;
  std::vector<PassRecord> records;  ///< one per pass
  bool record_passes = false;       ///< whether stalls are told apart by pass

  const InnerProductShape& array() const { return schedule->array; }
  const TiledPass& pass(std::int64_t index) const { return schedule->pass_list[static_cast<std::size_t>(index)]; }
  const InnerProductDeal& deal(std::int64_t index) const { return deals[static_cast<std::size_t>(index)]; }
  /// Whether the filters of a pass may be read at the next edge, once the link has brought them.
  bool has_filters(std::int64_t index) const {
    return tile_writer == nullptr || tile_writer->holds(pass(index).filter_tile);
  }
  Word filter_word(std::int64_t address) const {
    return tile_writer == nullptr ? buffer->filter.read(address) : tile_writer->peek(address);
  }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(deals.size()); }
};

}  // namespace lacuna
