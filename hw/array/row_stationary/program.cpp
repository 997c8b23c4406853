// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/program.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

namespace {

/// Counts `value` up to `end`; back to `begin` and true when it ran over.
bool wraps(std::int64_t& value, std::int64_t begin, std::int64_t end) {
  if (++value < end) return false;
  value = begin;
  return true;
}

}  // namespace

void FilterProgram::begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, std::int64_t lanes) {
  grid_ = grid;
  lanes_ = lanes;
  row_words_ = pass.p * pass.q * grid.S;
  ts = i = word = 0;
}

void FilterProgram::advance() {
  word += lanes_;
  if (word < row_words_) return;
  word = 0;
  if (wraps(i, 0, grid_.chain())) ++ts;
}

void IfmapProgram::begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, IfmapOrder order) {
  grid_ = grid;
  pass_ = pass;
  order_ = order;
  rows_ = grid.taken_rows(pass.ev);
  image = step = channel = rr = row_index_ = 0;
  row = rows_.front();
  begin_step();
}

void IfmapProgram::begin_step() {
  end_column_ = step * grid_.U + grid_.span();
  first_column_ = step == 0 ? 0 : end_column_ - grid_.new_columns();
  column = first_column_;
}

bool IfmapProgram::next_row() {
  const bool over = wraps(row_index_, 0, static_cast<std::int64_t>(rows_.size()));
  row = rows_[static_cast<std::size_t>(row_index_)];
  return over && wraps(rr, 0, grid_.r);
}

bool IfmapProgram::next_column() { return wraps(channel, 0, pass_.q) && wraps(column, first_column_, end_column_); }

void IfmapProgram::advance() {
  const bool step_done = order_ == IfmapOrder::column_major ? next_row() && next_column() : next_column() && next_row();
  if (!step_done) return;
  if (wraps(step, 0, pass_.Ft)) ++image;
  begin_step();
}

void PsumProgram::begin(const RowStationaryGrid& grid, const RowStationaryPass& pass, const RowStationaryUnits& units) {
  grid_ = grid;
  pass_ = pass;
  order_ = units.psum_order;
  lanes_ = units.psum_lanes;
  beats_ = ceil_div(pass.p, lanes_);
  image = x = beat = ts = j = 0;
}

std::int64_t PsumProgram::lanes() const { return std::min(lanes_, pass_.p - beat * lanes_); }

bool PsumProgram::next_beat() { return wraps(beat, 0, beats_); }

bool PsumProgram::next_column() { return wraps(j, 0, pass_.ev) && wraps(ts, 0, grid_.t); }

void PsumProgram::advance() {
  const bool window_done =
      order_ == PsumOrder::beat_major ? next_column() && next_beat() : next_beat() && next_column();
  if (window_done && wraps(x, 0, pass_.Ft)) ++image;
}

}  // namespace lacuna
