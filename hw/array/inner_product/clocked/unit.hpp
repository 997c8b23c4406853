// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <systemc>
#include <utility>
#include <vector>

#include "hw/array/inner_product/activity.hpp"
#include "hw/array/inner_product/clocked/context.hpp"
#include "hw/array/inner_product/clocked/lane_edges.hpp"
#include "hw/array/inner_product/clocked/wires.hpp"

namespace lacuna {

/// The unit of one window and one filter: MACs side by side, each of which is a PE, and the tree that sums them up. A
/// step takes the words that stand at its registers when it begins, and works on them for as many edges as the MACs
/// need.
class InnerProductUnit : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<InnerProductStep> step{"step"};
  sc_core::sc_in<std::int32_t> awaited{"awaited"};
  sc_core::sc_in<std::int32_t> undecoded{"undecoded"};
  sc_core::sc_vector<sc_core::sc_in<Word>> activation;  ///< of its window
  sc_core::sc_vector<sc_core::sc_in<Word>> weight;      ///< of its filter
  sc_core::sc_out<InnerProductSum> sum{"sum"};

  InnerProductUnit(const sc_core::sc_module_name& name, const InnerProductContext& context, std::int64_t window,
                   std::int64_t filter);

  /// Counts of all edges that its clock has seen, by lane.
  std::vector<InnerProductPeCounts> counts() const;
  /// Edges at which its tree summed up.
  std::int64_t sums() const { return worked_.all(); }
  /// Index of the last pass that a lane takes part in, -1 if there is none.
  std::int64_t last_pass(std::size_t lane) const { return last_pass_[lane]; }
  std::string state() const;

 private:
  void on_edge();
  void wait(std::int64_t pass, LaneEdges& cause);
  void begin(const InnerProductStep& now);
  void multiply(const InnerProductDeal& deal, std::int64_t step);
  void spend(const InnerProductStep& now);
  void move_sums();
  bool takes_part(const InnerProductDeal& deal) const { return window_ < deal.windows && filter_ < deal.columns; }

  const InnerProductContext& context_;
  const std::int64_t window_;
  const std::int64_t filter_;
  std::vector<std::int64_t> last_pass_;
  // Registered state.
  std::int64_t left_ = 0;                                      ///< edges of the step in work
  bool works_ = false;                                         ///< the step has a window and a filter for it
  std::int64_t lanes_busy_ = 0;                                ///< with a word
  InnerProductSum made_;                                       ///< of the step in work, or the last one
  std::deque<std::pair<std::int64_t, InnerProductSum>> pipe_;  ///< with the edge at which they leave the tree
  // Counts.
  std::int64_t edges_ = 0;
  std::vector<std::int64_t> performed_;
  std::vector<std::int64_t> gated_;
  LaneEdges worked_;  ///< with a word
  LaneEdges held_;    ///< in a step that is in work
  LaneEdges turn_;
  LaneEdges tree_;
  LaneEdges link_;
  LaneEdges weight_;
};

}  // namespace lacuna
