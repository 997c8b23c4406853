// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/array.hpp"

namespace lacuna {

/// The chip's section "array" for kind "csc_broadcast". The defaults are those of EIE (S. Han et al., ISCA 2016,
/// sections IV and V).
struct CscBroadcastConfig : ArrayConfig {
  std::int64_t pe_count = 64;
  std::int64_t queue_depth = 8;
  bool row_scan_bubble = false;
  std::int64_t batch_inputs = 4096;
  std::int64_t registers = 64;
  std::int64_t spmat_bytes = 131072;
  std::int64_t pointer_bytes = 32768;
  std::int64_t pointer_bits = 16;
  std::int64_t run_bits = 4;
  std::int64_t row_bits = 64;
  std::int64_t read_cycles = 2;
  std::int64_t arithmetic_cycles = 4;

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<CscBroadcastConfig>(*this); }
  ArraySize size() const override { return {1, pe_count}; }

  /// Inputs of a batch: as many as the field says, and as the source registers of all PEs hold.
  std::int64_t inputs_per_batch() const;
  /// Ofmap channels whose psums the destination registers of all PEs hold.
  std::int64_t psums() const { return pe_count * registers; }
  /// Edges from the last entry that leaves a queue to its psum.
  std::int64_t latency() const { return read_cycles + arithmetic_cycles; }
};

/// How a layer is cut into filter tiles that lie in the PEs, and images that share them.
struct CscBroadcastMapping : ArrayMapping {
  std::int64_t m = 1;  ///< ofmap channels (rows of the matrix) of a tile
  std::int64_t n = 1;  ///< images whose activations and psums are in the global buffer
  std::int64_t c = 1;  ///< inputs (columns of the matrix, C R S order) of a filter tile

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<CscBroadcastMapping>(*this); }
};

}  // namespace lacuna
