// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/filter_arrival.hpp"

#include <algorithm>

#include "hw/array/row_stationary/program.hpp"
#include "hw/base/layer_shape.hpp"

namespace lacuna {

const WeightBeats& FilterArrivals::beats_of(const RowStationaryPass& pass) {
  const auto [entry, is_new] = beats_.emplace(std::array{pass.p, pass.q, pass.filters, pass.channels}, WeightBeats());
  WeightBeats& beats = entry->second;
  if (!is_new) return beats;
  FilterProgram program;
  for (program.begin(schedule_.grid, pass, lanes_); !program.done(); program.advance()) {
    const std::int64_t lanes = std::min(lanes_, program.row_words() - program.word);
    beats.words.push_back(static_cast<std::int32_t>(real_filter_words(schedule_.grid, pass, program, lanes)));
  }
  beats.asked = ceil_div(program.row_words(), lanes_);
  return beats;
}

FilterArrival FilterArrivals::next(const RowStationaryPass& pass) {
  FilterArrival arrival;
  if (decoder_ == nullptr) return arrival;
  const WeightBeats& beats = beats_of(pass);
  const std::vector<std::int64_t>& sent = decoder_->read(timing_, reader_, beats).sent;
  // Without a pause, a beat would go on the edge of its own number: so late is the last one of each row, and of all.
  const std::size_t rows = sent.size();
  const std::int64_t asked = beats.asked;
  arrival.early.resize(rows);
  std::int64_t* const late = arrival.early.data();
  const std::int64_t* const edges = sent.data();
  for (std::size_t row = 0; row < rows; ++row)
    late[row] = edges[row] + 1 - (static_cast<std::int64_t>(row) + 1) * asked;
  arrival.delay = late[rows - 1];
  for (std::size_t row = 0; row < rows; ++row) late[row] = arrival.delay - late[row];
  return arrival;
}

}  // namespace lacuna
