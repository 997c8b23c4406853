// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/csc_broadcast/clocked/context.hpp"
#include "hw/array/csc_broadcast/clocked/wires.hpp"

namespace lacuna {

/// Leading non-zero detection: holds the batch of a pass in the source registers and broadcasts the activations that
/// are not zero, in order, one an edge, while no queue is full. What it broadcasts at an edge is decided before it.
class CscLnzd : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<CscStep> step{"step"};
  sc_core::sc_vector<sc_core::sc_in<bool>> full;  ///< of each PE's queue
  sc_core::sc_out<CscBroadcast> broadcast{"broadcast"};
  sc_core::sc_out<std::int32_t> sent{"sent"};  ///< the last pass all of whose broadcasts are made

  CscLnzd(const sc_core::sc_module_name& name, const CscContext& context);

  std::int64_t broadcasts() const { return broadcasts_; }
  /// Activations that were put into the source registers.
  std::int64_t inputs() const { return inputs_; }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  void take_batch(std::int64_t pass);
  /// First place from `place` on with an activation that is not zero.
  std::size_t find(std::size_t place) const;
  bool scans_rows() const { return context_.array().row_scan_bubble; }
  /// Place of the first lane of the row behind that of `place`.
  std::size_t next_row(std::size_t place) const;

  const CscContext& context_;
  std::int32_t pass_ = -1;
  // Registered state. `changed_` makes decide() look at it again.
  std::vector<Word> registers_;  ///< the batch
  std::size_t next_ = 0;         ///< place of the next activation that is not zero
  std::size_t row_ = 0;          ///< where rows are scanned: first place of the row that is looked at
  std::int64_t broadcasts_ = 0;
  std::int64_t inputs_ = 0;
  std::int64_t edges_ = 0;
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
