// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// Edges of the last `depth` events of one kind, per unit: at(unit, 1) is the last one, at(unit, depth) the oldest
/// kept.
class EdgeHistory {
 public:
  EdgeHistory() = default;
  EdgeHistory(std::int64_t units, std::int64_t depth, std::int64_t edge)
      : depth_(depth),
        edges_(static_cast<std::size_t>(units * depth), edge),
        next_(static_cast<std::size_t>(units), 0) {}

  /// The event that lies `back` (1 to depth) events back.
  std::int64_t at(std::int64_t unit, std::int64_t back) const {
    const std::int64_t slot = next_[static_cast<std::size_t>(unit)] - back;
    return edges_[static_cast<std::size_t>(unit * depth_ + (slot < 0 ? slot + depth_ : slot))];
  }
  /// The event `depth` back: whose place the next one takes.
  std::int64_t oldest(std::int64_t unit) const {
    return edges_[static_cast<std::size_t>(unit * depth_ + next_[static_cast<std::size_t>(unit)])];
  }
  void push(std::int64_t unit, std::int64_t edge) {
    std::int64_t& slot = next_[static_cast<std::size_t>(unit)];
    edges_[static_cast<std::size_t>(unit * depth_ + slot)] = edge;
    if (++slot == depth_) slot = 0;
  }
  /// Appends the events of a unit, the oldest first.
  void append_to(std::vector<std::int64_t>& edges, std::int64_t unit) const {
    const auto first = edges_.begin() + unit * depth_;
    const auto middle = first + next_[static_cast<std::size_t>(unit)];
    edges.insert(edges.end(), middle, first + depth_);
    edges.insert(edges.end(), first, middle);
  }
  /// Moves all events of a unit to a later time.
  void delay(std::int64_t unit, std::int64_t edges) {
    for (std::int64_t slot = 0; slot < depth_; ++slot) edges_[static_cast<std::size_t>(unit * depth_ + slot)] += edges;
  }
  std::int64_t units() const { return static_cast<std::int64_t>(next_.size()); }
  std::int64_t depth() const { return depth_; }

 private:
  std::int64_t depth_ = 1;
  std::vector<std::int64_t> edges_;
  std::vector<std::int64_t> next_;
};

/// All that a pass of the array can see of the passes before it. Every member stands in `visit` once; the memo's key is
/// made from that list alone.
struct RowStationaryState {
  RowStationaryState(const RowStationaryGrid& grid, const RowStationaryUnits& units);

  std::int64_t ifmap_sent;      ///< last send of the ifmap bus
  std::int64_t psum_in_sent;    ///< last send of the psum input bus
  std::int64_t psum_out_taken;  ///< last take of the psum output bus: the end of the pass before
  EdgeHistory filled;           ///< per PE: takes from the ifmap FIFO, which are fills of the spad
  EdgeHistory died;             ///< per PE: deaths of ifmap words, as many back as the spad has words
  EdgeHistory released;         ///< per PE: releases of psum slots, as many back as the spad has
  EdgeHistory combined;         ///< per PE: takes from the psum FIFO, each at the end of a combine
  EdgeHistory output_taken;     ///< per column: takes from the output FIFO

  /// Calls visit(edge) for every edge of the state, in a fixed order: histories from the oldest event on.
  template <class Visit>
  void visit(const Visit& visit) const {
    visit(ifmap_sent);
    visit(psum_in_sent);
    visit(psum_out_taken);
    for (const EdgeHistory* history : {&filled, &died, &released, &combined, &output_taken}) {
      for (std::int64_t unit = 0; unit < history->units(); ++unit) {
        for (std::int64_t back = history->depth(); back >= 1; --back) visit(history->at(unit, back));
      }
    }
  }
};

/// The state as seen from a pass that does not look at it before edge `gate`: every edge relative to that, and those so
/// old that no event of the pass can tell them apart set to one floor. Two states with the same view give the same
/// pass.
std::vector<std::int32_t> view_from(const RowStationaryState& state, std::int64_t gate);

/// The last edge of a state.
std::int64_t latest_edge(const RowStationaryState& state);

/// Whether an edge is so old that no event of a pass that looks back at edge `gate` at the earliest can tell it from
/// older ones.
bool is_past(std::int64_t edge, std::int64_t gate);

/// The state of which `view` is the view from edge `gate`.
RowStationaryState state_of(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                            const std::vector<std::int32_t>& view, std::int64_t gate);

}  // namespace lacuna
