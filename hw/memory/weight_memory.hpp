// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/base/field.hpp"

namespace lacuna {

/// What reads a memory of encoded weights can do in one cycle, and how far it can run ahead.
struct WeightDecoderParameters {
  std::int64_t rows_per_cycle = 1;  ///< rows of the memory read
  std::int64_t codes_per_cycle =
      4;  ///< weights that are not zero taken out of rows, and looked up where there is a table
  std::int64_t values_per_cycle = 4;  ///< weights made, zeros included
  std::int64_t fifo_values = 16;      ///< weights that wait for the array
  std::int64_t latency_cycles = 1;    ///< from a weight's cycle in the decoder to the one in which it is in the FIFO
};

/// Words read and written by a memory of encoded weights: rows, of the width of the DRAM link.
struct WeightMemoryCounts {
  std::int64_t row_writes = 0;
  std::int64_t row_reads = 0;
  std::int64_t codes = 0;   ///< weights that are not zero taken out of rows
  std::int64_t values = 0;  ///< weights given to the array, zeros included
};

/// The SRAM in front of an array that takes its filters encoded: a filter tile lies in it as its stream came over the
/// DRAM link, a word of the link in a row. Nothing of it is decoded on the way in.
class WeightMemory {
 public:
  /// A tile of so many values is about to come, from row 0 on.
  void begin(std::int64_t tile, std::int64_t values) {
    tile_ = tile;
    values_ = values;
    rows_.clear();
  }
  /// The next row of the tile.
  void write(std::uint64_t row) {
    ++counts_.row_writes;
    rows_.push_back(row);
  }
  std::uint64_t read(std::int64_t row) {
    ++counts_.row_reads;
    return rows_.at(static_cast<std::size_t>(row));
  }
  /// For a model that moves whole tiles and no rows.
  void count(const WeightMemoryCounts& counts) {
    counts_.row_writes += counts.row_writes;
    counts_.row_reads += counts.row_reads;
    counts_.codes += counts.codes;
    counts_.values += counts.values;
  }

  /// The tile that lies in the memory, -1 before the first.
  std::int64_t tile() const { return tile_; }
  std::int64_t rows() const { return static_cast<std::int64_t>(rows_.size()); }
  std::int64_t values() const { return values_; }
  const WeightMemoryCounts& counts() const { return counts_; }
  /// What it holds and has done, on one line.
  std::string state() const {
    return "weight_memory: tile " + std::to_string(tile_) + ", rows written " + std::to_string(counts_.row_writes) +
           ", read " + std::to_string(counts_.row_reads) + "; weights given " + std::to_string(counts_.values);
  }

 private:
  std::int64_t tile_ = -1;
  std::int64_t values_ = 0;
  std::vector<std::uint64_t> rows_;
  WeightMemoryCounts counts_;
};

}  // namespace lacuna
