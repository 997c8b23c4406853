// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/array/tiled_schedule.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/tile_writer.hpp"

namespace lacuna {

/// What all clocked units of an array share for one layer whose passes are boxes: where words come from and go to. Only
/// pass records and the buffer change during the run.
struct TiledContext {
  const std::vector<TiledPass>* passes = nullptr;
  Arithmetic arithmetic;
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  TileWriter* tile_writer = nullptr;  ///< where filters come through a tile store
  Faults* faults = nullptr;
  std::vector<PassRecord> records;  ///< one per pass
  bool record_passes = false;       ///< whether stalls are told apart by pass

  const TiledPass& pass(std::int64_t index) const { return (*passes)[static_cast<std::size_t>(index)]; }
  std::int64_t pass_count() const { return static_cast<std::int64_t>(records.size()); }

  /// Whether the filters of a pass may be read at the next edge, once the link has brought them.
  bool has_filters(std::int64_t index) const {
    return tile_writer == nullptr || tile_writer->holds(pass(index).filter_tile);
  }
  /// A filter word; counted where it is read from the buffer.
  Word read_filter(std::int64_t address) const {
    return tile_writer == nullptr ? buffer->filter.read(address) : tile_writer->peek(address);
  }
  /// The same for arrays with a filter memory of their own, which count its reads themselves.
  Word peek_filter(std::int64_t address) const {
    return tile_writer == nullptr ? buffer->filter.peek(address) : tile_writer->peek(address);
  }
  /// The psum that a pass begins with: zero for the first taps.
  Word read_psum(const TiledPass& of, std::int64_t address) const {
    return of.first_taps ? buffer->read_zero_psum() : buffer->psum.read(address);
  }
  void write_psum(std::int64_t address, Word psum) const {
    buffer->psum.write(address, faults->output_fifo.pass(psum));
  }
};

/// With how every pass lies on the array: its deal, worked out once. A Schedule has `array`, `gating` and deal(pass).
template <class Schedule>
struct DealtContext : TiledContext {
  using Deal = decltype(std::declval<const Schedule&>().deal(std::declval<const TiledPass&>()));

  const Schedule* schedule = nullptr;
  std::vector<Deal> deals;  ///< one per pass

  const auto& array() const { return schedule->array; }
  const Deal& deal(std::int64_t index) const { return deals[static_cast<std::size_t>(index)]; }
  /// Whether a zero operand holds the MAC idle.
  bool gates(Word activation, Word weight) const {
    const auto& gating = schedule->gating;
    return (gating.on_activation && activation == 0) || (gating.on_weight && mac->is_zero(weight));
  }
};

}  // namespace lacuna
