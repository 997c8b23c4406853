// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <systemc>

#include "hw/memory/tile_store.hpp"
#include "hw/memory/weight_decoder.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// Writes decoded tiles into a tile store: clocked. At every edge it takes all weights that the decoder has, in the
/// order of the stream, and writes them to their places; a tile may be read from the edge after its last weight on.
class TileWriter : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};

  /// `weights`: where the tiles lie as streams.
  TileWriter(const sc_core::sc_module_name& name, WeightDecoder& decoder, const WeightMemory& weights,
             TileStore& store);

  /// Whether this tile lies in the store, whole, to be read at the next edge. To be asked between edges.
  bool holds(std::int64_t tile) const { return held_.read() == tile; }
  /// Begins with the tile that lies in the weight memory. To be called within a process of the array, at an edge; the
  /// tile before is lost.
  void start();
  /// A weight of the tile that lies in the store.
  Word peek(std::int64_t place) const { return store_.peek(place); }
  /// Grows with every weight.
  std::int64_t progress() const { return taken_; }

  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void on_edge();

  WeightDecoder& decoder_;
  const WeightMemory& weights_;
  TileStore& store_;
  sc_core::sc_signal<std::int64_t> held_{"held", -1};  ///< the tile that lies in the store
  std::int64_t left_ = 0;                              ///< weights of the tile to be written
  std::int64_t taken_ = 0;
};

}  // namespace lacuna
