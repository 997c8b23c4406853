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
  // Without a pause, a beat would go on the edge of its own number.
  const auto late = [&](std::size_t row) {
    return sent[row] - ((static_cast<std::int64_t>(row) + 1) * beats.asked - 1);
  };
  arrival.delay = late(sent.size() - 1);
  for (std::size_t row = 0; row < sent.size(); ++row) arrival.early.push_back(arrival.delay - late(row));
  return arrival;
}

}  // namespace lacuna
