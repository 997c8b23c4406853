// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// The fixed order in which the buses serve a pass. Each program stands at one item; advance() moves to the next and
/// done() says that there is none. The orders are static: no bus arbitrates by arrival.

/// Filter bus: set, chain position, beat.
class FilterProgram {
 public:
  void begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, std::int64_t lanes);
  void advance();
  bool done() const { return ts >= grid_.t; }
  bool last_of_row() const { return word + lanes_ >= row_words_; }
  bool last_of_pass() const { return last_of_row() && i + 1 == grid_.chain() && ts + 1 == grid_.t; }
  std::int64_t row_words() const { return row_words_; }

  std::int64_t ts = 0;
  std::int64_t i = 0;
  std::int64_t word = 0;  ///< first word of the beat: filter x (q S) + tap, tap = s q + channel

 private:
  RowStationaryGrid grid_;
  std::int64_t lanes_ = 1;
  std::int64_t row_words_ = 0;
};

/// Whether a word of the beat is of a filter and a channel that the layer has; the others are filler, zero words.
inline bool is_real_filter_word(const RowStationaryGrid& grid, const RowStationaryPass& pass, const FilterProgram& at,
                                std::int64_t lane) {
  const std::int64_t taps = pass.q * grid.S;
  return at.ts * pass.p + (at.word + lane) / taps < pass.filters &&
         at.i / grid.R * pass.q + (at.word + lane) % taps % pass.q < pass.channels;
}

/// How many words of the beat those are.
inline std::int64_t real_filter_words(const RowStationaryGrid& grid, const RowStationaryPass& pass,
                                      const FilterProgram& at, std::int64_t lanes) {
  std::int64_t real = 0;
  for (std::int64_t lane = 0; lane < lanes; ++lane) real += is_real_filter_word(grid, pass, at, lane) ? 1 : 0;
  return real;
}

/// Ifmap bus: image, window step, and within a step the columns that the first window spans, or those that a later one
/// adds. Rows that no PE takes are left out.
class IfmapProgram {
 public:
  void begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, IfmapOrder order);
  void advance();
  bool done() const { return image >= pass_.n; }
  /// At the beginning of a step: goes on by so many of the image's steps.
  void skip(std::int64_t steps) {
    step += steps;
    begin_step();
  }

  std::int64_t image = 0;
  std::int64_t step = 0;     ///< window that these words complete
  std::int64_t column = 0;   ///< ifmap column, from the left edge of the tile
  std::int64_t channel = 0;  ///< channel in its group
  std::int64_t rr = 0;       ///< channel group
  std::int64_t row = 0;      ///< ifmap row, from the top of the strip: one that PEs take

 private:
  void begin_step();
  bool next_row();
  bool next_column();

  RowStationaryGrid grid_;
  RowStationaryPass pass_;
  IfmapOrder order_ = IfmapOrder::column_major;
  std::vector<std::int64_t> rows_;  ///< that PEs take
  std::int64_t row_index_ = 0;
  std::int64_t first_column_ = 0;
  std::int64_t end_column_ = 0;
};

/// Psum input and output bus: image, window, then by PsumOrder.
class PsumProgram {
 public:
  void begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, const RowStationaryUnits& units);
  void advance();
  bool done() const { return image >= pass_.n; }
  /// At the first beat of a window: goes on by so many of the image's windows.
  void skip(std::int64_t windows) { x += windows; }
  /// Psums in the beat: the last one of a window may be partial.
  std::int64_t lanes() const;

  std::int64_t image = 0;
  std::int64_t x = 0;  ///< window
  std::int64_t beat = 0;
  std::int64_t ts = 0;
  std::int64_t j = 0;

 private:
  bool next_beat();
  bool next_column();

  RowStationaryGrid grid_;
  RowStationaryPass pass_;
  PsumOrder order_ = PsumOrder::beat_major;
  std::int64_t lanes_ = 4;
  std::int64_t beats_ = 1;
};

}  // namespace lacuna
