// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/array.hpp"
#include "hw/array/dual_csc/pass.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// The chip's section "array" for kind "dual_csc". The defaults are a PE of Eyeriss v2 (Y.-H. Chen, T.-J. Yang, J.
/// Emer, V. Sze, JETCAS 9(2), 2019); the ports and what costs no cycle are this project's choices (README.md).
struct DualCscConfig : ArrayConfig {
  std::int64_t pe_count = 1;
  std::int64_t macs = 2;
  std::int64_t iact_address_entries = 9;
  std::int64_t iact_address_bits = 4;
  std::int64_t iact_entries = 16;
  std::int64_t weight_address_entries = 16;
  std::int64_t weight_address_bits = 7;
  std::int64_t weight_words = 96;
  std::int64_t psum_entries = 32;
  std::int64_t run_bits = 4;
  std::int64_t iacts_per_cycle = 2;
  std::int64_t weight_words_per_cycle = 1;
  std::int64_t weight_addresses_per_cycle = 3;
  std::int64_t psums_per_cycle = 2;
  bool double_buffer = true;
  std::int64_t empty_column_cycles = 0;
  std::int64_t filler_cycles = 0;

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<DualCscConfig>(*this); }
  /// Rows: the MACs of a PE; columns: PEs.
  ArraySize size() const override { return {macs, pe_count}; }

  DualCscShape shape() const;
  /// Most taps of a pass whose activations and addresses fit, whatever the weights are.
  std::int64_t most_taps() const;
  /// Weight words of a PE that its memory holds and its addresses reach.
  std::int64_t most_words() const;
};

/// How a layer is cut: tiles in the global buffer, and in them what the PEs hold in a pass.
struct DualCscMapping : TiledMapping {
  std::int64_t k = 1;  ///< ofmap channels of a PE in a pass: rows of its weight matrix (M0)
  std::int64_t t = 1;  ///< taps of a pass, C R S order: columns of that matrix

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<DualCscMapping>(*this); }
};

}  // namespace lacuna
