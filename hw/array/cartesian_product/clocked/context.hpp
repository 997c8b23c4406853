// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "hw/array/cartesian_product/schedule.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/base/fault.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/tile_writer.hpp"

namespace lacuna {

/// What the PEs do at an edge, as far as the sequencer says so.
enum CartesianPhase : std::int32_t {
  kCartesianNothing,
  kCartesianCompute,
  kCartesianLink,
  kCartesianDrain,
  kCartesianWeight
};

/// What all clocked units of one array share for one layer. Only pass records, the buffer and the record of blocks
/// change during the run.
struct CartesianContext {
  /// A block of weights: those of a pass, channel and phase.
  struct Block {
    std::int64_t vectors = 0;
    std::int64_t most_meetings = 0;  ///< activation vectors of the PE that has the most
  };

  const CartesianSchedule* schedule = nullptr;
  Arithmetic arithmetic;
  const Mac* mac = nullptr;
  GlobalBuffer* buffer = nullptr;
  TileWriter* tile_writer = nullptr;  ///< where filters come through a tile store
  Faults* faults = nullptr;
  std::vector<PassRecord> records;  ///< one per pass
  bool record_passes = false;       ///< whether stalls are told apart by pass
  /// By pass and channel: the blocks of all phases.
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Block>> blocks;

  const CartesianShape& array() const { return schedule->array; }
  const LayerShape& shape() const { return schedule->shape(); }
  const TiledPass& pass(std::int64_t index) const { return schedule->at(index); }
  std::int64_t pass_count() const { return schedule->passes; }
  std::int64_t phases() const { return shape().U * shape().U; }
  /// Steps of a pass at whose ends PEs wait for one another.
  std::int64_t steps() const { return array().channel_barrier && !is_fc(shape()) ? shape().C : 1; }
  /// Whether the filters of a pass may be read at the next edge, once the link has brought them.
  bool has_filters(std::int64_t index) const {
    return tile_writer == nullptr || tile_writer->holds(pass(index).filter_tile);
  }
  /// A weight of a pass; k counts within the pass.
  Word filter_word(const TiledPass& of, std::int64_t tap, std::int64_t k) const {
    const std::int64_t place = schedule->weight_place(of, tap, k);
    return tile_writer == nullptr ? buffer->filter.peek(place) : tile_writer->peek(place);
  }
  PassRecord& record(std::int64_t pass) { return records[static_cast<std::size_t>(pass)]; }
};

}  // namespace lacuna
