// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/corner_union.hpp"
#include "hw/array/event_buffer.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/array/tiled_schedule.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// PEs side by side: rows are windows x lanes, window by window.
struct LaneGrid {
  std::int64_t windows = 1;
  std::int64_t lanes = 0;
  std::int64_t columns = 0;

  std::int64_t rows() const { return windows * lanes; }
};

/// What the PEs of an event-driven array of lanes did, pass by pass, as far as kinds of it are alike: waits, idle PEs
/// and the spans of passes. Counts are those of a PE: they have `performed`, `gated`, `link`, `weight`, `idle`,
/// stalls() by cause, and busy_edges().
template <class Counts>
class LaneTally {
 public:
  /// Row by row.
  std::vector<Counts> pes() const {
    std::vector<Counts> all = pes_;
    for (Counts& pe : all) pe.idle = rest(edges_, pe);
    return all;
  }
  /// What all PEs did in the span of each pass, where passes are recorded.
  std::vector<PassActivity> pass_activity() const {
    std::vector<PassActivity> passes(spans_.size());
    CornerUnion covered(grid_.rows());  // by this pass or one after it: from the last pass back
    for (std::size_t pass = passes.size(); pass-- > 0;) {
      const Span& from = spans_[pass];
      for (std::int64_t window = 0; window < from.part.windows; ++window) {
        for (std::int64_t lane = 0; lane < from.part.lanes; ++lane) {
          covered.add_row(window * grid_.lanes + lane, from.part.columns);
        }
      }
      const std::int64_t waits = covered.pes();
      Counts all = from.all;
      all.link = waits * from.record.link_wait();
      all.weight = waits * from.wait;
      PassActivity& span = passes[pass];
      span.first = pass == 0 ? 0 : spans_[pass - 1].record.end + 1;
      span.edges = from.record.end + 1 - span.first;
      span.stalls = all.stalls();
      span.idle = rest(static_cast<std::int64_t>(pes_.size()) * span.edges, all);
    }
    return passes;
  }

 protected:
  /// One pass as far as its span depends on it.
  struct Span {
    PassRecord record;
    std::int64_t wait = 0;  ///< edges, for a decoder
    LaneGrid part;          ///< takes part: of the first windows the first lanes, of these the first columns
    Counts all;             ///< PE edges of all PEs, without those of waits for the link and the decoder, and idle ones
  };

  LaneTally(const LaneGrid& grid, const Mac& mac, const EventBuffer& operands, bool record_passes)
      : mac_(mac),
        operands_(operands),
        grid_(grid),
        record_passes_(record_passes),
        pes_(static_cast<std::size_t>(grid.rows() * grid.columns)) {}

  /// The next pass, which waits for its filters to be decoded for so long.
  Span begin_pass(const PassRecord& record, std::int64_t wait, const LaneGrid& part) {
    link_ += record.link_wait();
    weight_ += wait;
    edges_ = record.end + 1;
    Span span;
    span.record = record;
    span.wait = wait;
    span.part = part;
    return span;
  }
  void end_pass(const Span& span) {
    if (record_passes_) spans_.push_back(span);
  }

  Counts& pe(std::int64_t row, std::int64_t column) {
    return pes_[static_cast<std::size_t>(row * grid_.columns + column)];
  }
  /// MACs that were counted as performed are gated.
  static void gate(Counts& counts, std::int64_t macs) {
    counts.gated += macs;
    counts.performed -= macs;
  }
  /// Weights of a pass, tap by tap; the filter counts from its first one.
  const StoredWord* weights(const TiledSchedule& schedule, const TiledPass& pass, std::int64_t filter) const {
    const LayerShape& shape = schedule.shape();
    return operands_.filters().data() + (schedule.first_filter(pass) + filter) * shape.C * shape.R * shape.S + pass.tap;
  }

  const Mac& mac_;
  const EventBuffer& operands_;
  std::int64_t link_ = 0;  ///< edges of all passes so far, for the link
  std::int64_t weight_ = 0;

 private:
  static std::int64_t rest(std::int64_t edges, const Counts& counts) {
    edges -= counts.busy_edges();
    for (const std::int64_t stall : counts.stalls()) edges -= stall;
    return edges;
  }

  const LaneGrid grid_;
  const bool record_passes_;
  std::vector<Counts> pes_;  ///< without idle
  std::int64_t edges_ = 0;
  std::vector<Span> spans_;
};

}  // namespace lacuna
