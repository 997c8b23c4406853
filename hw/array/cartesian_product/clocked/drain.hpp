// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/array/cartesian_product/clocked/context.hpp"

namespace lacuna {

/// Drains one computed pass after the other: PEs exchange the sums of their halos, one on every link an edge, and the
/// whole sums go to the global buffer.
class CartesianDrain : public sc_core::sc_module {
 public:
  /// Part of the sum of a filter of a pass at a pixel that a PE has.
  using Part = std::function<Word(std::int64_t pe, std::int64_t pass, std::int64_t filter, std::int64_t pixel)>;

  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::int64_t> computed{"computed"};  ///< passes that have been computed
  sc_core::sc_out<std::int64_t> drained{"drained"};   ///< passes that have been drained

  CartesianDrain(const sc_core::sc_module_name& name, CartesianContext& context, Part part);

  std::int64_t edges() const { return edges_; }
  std::int64_t sums_sent() const { return sums_sent_; }
  std::int64_t ofmap_words() const { return ofmap_words_; }
  std::string state() const;

 private:
  void on_edge();
  void on_change();
  void write_sums();

  CartesianContext& context_;
  Part part_;
  std::int64_t pass_ = 0;        ///< the one that is drained, or will be
  std::int64_t pass_edges_ = 0;  ///< that it has taken
  std::int64_t edges_ = 0;
  std::int64_t sums_sent_ = 0;
  std::int64_t ofmap_words_ = 0;
  sc_core::sc_signal<std::int64_t> changed_{"changed"};
};

}  // namespace lacuna
