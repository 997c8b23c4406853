// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/codec/codec.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// Reads the tile in a weight memory row by row, takes the weights out of their stream, looks codes up where there is a
/// table, and holds them for the array in a FIFO: clocked. Every edge it makes at most values_per_cycle weights, zeros
/// included, of them codes_per_cycle that are not zero, as many as the FIFO has room for; it reads a row when nothing
/// of those before is left, rows_per_cycle of them at most. An array that asks at edge s finds the first weights at
/// edge s + 2 + latency_cycles.
class WeightDecoder : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};

  /// `table`: worth of each code; empty where the array takes the words of the stream.
  WeightDecoder(const sc_core::sc_module_name& name, WeightMemory& memory, const StreamFormat& format,
                std::vector<Word> table, const WeightDecoderParameters& parameters);

  // To be called within a process of the array, at an edge.

  /// Begins with the tile that lies in the memory, from row 0 on. The one before has been taken whole.
  void start();
  /// Weights that may be taken at this edge.
  std::int64_t available() const { return static_cast<std::int64_t>(visible_.read()) - taken_; }
  /// The next weight. Throws Error (run_failed) where none is available.
  Word take();
  /// The weight behind `place` others, without taking it: what stands at the FIFO's outputs, between edges too. Throws
  /// Error (run_failed) where it is not available.
  Word peek(std::int64_t place) const;
  /// Takes so many weights, which have been looked at. Throws Error (run_failed) where fewer are available.
  void drop(std::int64_t weights);

  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void on_edge();
  void make_weights();
  bool has_weight(std::int64_t& rows);

  WeightMemory& memory_;
  const StreamFormat format_;
  const std::vector<Word> table_;
  const WeightDecoderParameters parameters_;
  sc_core::sc_signal<std::uint32_t> started_{"started"};  ///< tiles asked for
  sc_core::sc_signal<std::uint32_t> visible_{"visible"};  ///< weights that have come into the FIFO
  sc_core::sc_signal<std::uint32_t> gone_{"gone"};        ///< weights taken out of it
  std::uint32_t tiles_ = 0;                               ///< begun
  std::unique_ptr<StreamDecoder> stream_;
  std::int64_t next_row_ = 0;
  std::int64_t left_ = 0;  ///< weights of the tile to be made
  std::deque<Word> next_;  ///< out of the rows, not yet made: one at most
  std::deque<Word> fifo_;  ///< those on their way into it included
  std::int64_t made_ = 0;
  std::int64_t taken_ = 0;
  std::deque<std::int64_t> on_the_way_;  ///< made_ after each of the last latency_cycles edges
};

}  // namespace lacuna
