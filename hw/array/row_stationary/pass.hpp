// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/layer_shape.hpp"
#include "hw/mac/mac_rate.hpp"

namespace lacuna {

/// One pass of the row-stationary array: load filters, stream ifmap words, accumulate into psums. The first five
/// numbers are its shape, all that its timing depends on; the others say which words it works on.
struct RowStationaryPass {
  std::int64_t ev = 1;  ///< ofmap rows of the strip: PE columns j >= ev of each set sit out
  std::int64_t p = 1;   ///< filters in a PE
  std::int64_t q = 1;   ///< channels in a PE
  std::int64_t n = 1;   ///< images
  std::int64_t Ft = 1;  ///< ofmap columns: windows per image

  std::int64_t filters = 1;         ///< real filters, at most p x t; the others are filler
  std::int64_t channels = 1;        ///< real channels, at most q x r; the others are filler
  std::int64_t filter_in_tile = 0;  ///< first filter, counted in the m tile whose psums are in the global buffer
  std::int64_t tile_filters = 1;    ///< filters of that m tile
  bool first_channels = true;       ///< psums start from zero

  std::int64_t filter_tile = 0;  ///< index of its filter words in the schedule

  bool same_shape(const RowStationaryPass& o) const {
    return ev == o.ev && p == o.p && q == o.q && n == o.n && Ft == o.Ft;
  }
};

/// The logical grid of one layer. PE (ts, i, j): set ts of t, chain position i of R r (0 at the top, next to the psum
/// output; R r - 1 at the bottom, fed by the psum input), column j of e. Channel group rr = i / R, filter row ri = i
/// mod R.
struct RowStationaryGrid {
  std::int64_t R = 1;  ///< filter height
  std::int64_t S = 1;  ///< filter width
  std::int64_t U = 1;  ///< stride
  std::int64_t r = 1;  ///< channel groups in a chain
  std::int64_t t = 1;  ///< sets with different filters
  std::int64_t e = 1;  ///< columns of a set
  std::int64_t D = 1;  ///< dilation

  std::int64_t chain() const { return R * r; }
  std::int64_t columns() const { return t * e; }
  std::int64_t pes() const { return t * chain() * e; }
  std::int64_t pe(std::int64_t ts, std::int64_t i, std::int64_t j) const { return (ts * chain() + i) * e + j; }
  /// The row of the strip that PEs (., i, j) take.
  std::int64_t row_of(std::int64_t i, std::int64_t j) const { return i % R * D + j * U; }
  /// Ifmap rows of the strip of a pass with ev ofmap rows.
  std::int64_t rows(std::int64_t ev) const { return (ev - 1) * U + D * (R - 1) + 1; }
  /// Those of them that PEs take, ascending: the others are not sent.
  std::vector<std::int64_t> taken_rows(std::int64_t ev) const;
  /// How many those are.
  std::int64_t sent_rows(std::int64_t ev) const;
  /// Ifmap columns from the first to the last that a window reads: those between are sent too.
  std::int64_t span() const { return D * (S - 1) + 1; }
  /// Ifmap columns that a window adds to those of the windows before it. Columns between two windows are not sent.
  std::int64_t new_columns() const { return U < span() ? U : span(); }
  /// Ifmap columns that a pass with Ft ofmap columns sends.
  std::int64_t width(std::int64_t Ft) const { return (Ft - 1) * new_columns() + span(); }
};

/// When a pass may load its filters, relative to the pass before.
enum class PassOverlap : std::int64_t {
  barrier,              ///< once the pass before has ended
  after_last_multiply,  ///< once the pass before has issued its last MAC; its psums drain meanwhile
};

/// Order of the psum beats of a pass, on the input and the output bus alike.
enum class PsumOrder : std::int64_t {
  beat_major,    ///< image, window, beat, set, column
  column_major,  ///< image, window, set, column, beat
};

/// Order of the ifmap words within a window step.
enum class IfmapOrder : std::int64_t {
  column_major,  ///< ifmap column, channel, channel group, row
  row_major,     ///< channel group, row, ifmap column, channel
};

/// Sizes, depths, widths and latencies of the units, resolved for one layer. Both levels read this one struct.
struct RowStationaryUnits {
  std::int64_t ifmap_spad_words = 12;  ///< Z
  std::int64_t psum_spad_words = 24;   ///< Y
  std::int64_t filter_spad_words = 224;
  std::int64_t ifmap_fifo_words = 4;   ///< depth of the ifmap FIFO of a PE
  std::int64_t psum_fifo_beats = 4;    ///< depth of the psum input FIFO of a PE
  std::int64_t output_fifo_beats = 4;  ///< depth of the output FIFO of a column
  std::int64_t combine_cycles = 1;     ///< edges of a combine
  std::int64_t filter_lanes = 4;       ///< words per beat of the filter bus
  std::int64_t ifmap_lanes = 1;        ///< words per beat of the ifmap bus
  std::int64_t psum_lanes = 4;         ///< psums per beat of the psum buses and links
  MacRate mac;                         ///< how many filters of a tap an issue of a PE takes, and its edges
  PassOverlap overlap = PassOverlap::after_last_multiply;
  PsumOrder psum_order = PsumOrder::beat_major;
  IfmapOrder ifmap_order = IfmapOrder::column_major;

  /// Issues of a tap with p filters.
  std::int64_t issues(std::int64_t p) const { return ceil_div(p, mac.macs); }
  /// Edges that they keep a PE busy.
  std::int64_t tap_edges(std::int64_t p) const { return issues(p) * mac.cycles; }
};

}  // namespace lacuna
