// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/clocked/context.hpp"
#include "hw/array/dual_csc/clocked/wires.hpp"

namespace lacuna {

/// One processing element: scratchpads for the activations of a window or two, for weights and for psums, and one or
/// two MACs. Each non-zero activation chooses a column of weights; at each edge the MACs take the next weights of it.
class DualCscPe : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<DualCscStep> step{"step"};
  sc_core::sc_in<std::int32_t> awaited{"awaited"};
  sc_core::sc_in<DualCscBeat> beat{"beat"};
  sc_core::sc_out<std::int64_t> done{"done"};  ///< windows of the pass

  DualCscPe(const sc_core::sc_module_name& name, DualCscContext& context, std::int64_t number);

  /// Counts of all edges that its clock has seen, of each MAC.
  const std::vector<DualCscMacCounts>& counts() const { return counts_; }
  /// Words that it has taken and read.
  const DualCscWords& words() const { return words_; }
  std::string state() const;

 private:
  /// A weight on its way to a MAC, or a filler.
  struct Place {
    std::optional<std::int64_t> row;
    Word weight = 0;
  };
  /// What the MACs are given in one edge: a place each as far as there are any; none: the PE passes over a tap.
  using Slot = std::vector<Place>;
  using Window = std::deque<DualCscIact>;

  void on_edge();
  void begin_pass();
  void take_beat();
  /// Goes on to what is to be done at the next edge, past windows that have nothing to do.
  void advance();
  void begin_window();
  void end_window();
  /// The next tap of the window: the weights of its activation, if it has one.
  void open_tap();
  std::vector<Place> read_column(std::int64_t tap);
  void work();
  void count(DualCscStall cause);
  bool has_rows(std::int64_t pass) const { return context_.rows(pass, number_) > 0; }
  std::int64_t psum_address(std::int64_t row) const;

  DualCscContext& context_;
  const std::int64_t number_;
  std::int32_t pass_ = -1;
  std::uint64_t beats_seen_ = 0;
  Window coming_;
  std::deque<Window> windows_;  ///< that have come; the first one is worked on
  bool in_window_ = false;
  std::int64_t windows_done_ = 0;
  std::int64_t tap_ = 0;    ///< next one of the window
  Word activation_ = 0;     ///< that the slots are for
  std::deque<Slot> slots_;  ///< left of the tap
  std::vector<Word> psums_;
  std::vector<DualCscMacCounts> counts_;
  DualCscWords words_;
};

}  // namespace lacuna
