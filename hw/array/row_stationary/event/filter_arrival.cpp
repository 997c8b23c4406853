// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/filter_arrival.hpp"

#include <algorithm>

#include "hw/array/row_stationary/program.hpp"
#include "hw/base/layer_shape.hpp"

namespace lacuna {

const FilterArrivals::Beats& FilterArrivals::beats_of(const RowStationaryPass& pass) {
  const auto [entry, is_new] = beats_.emplace(std::array{pass.p, pass.q, pass.filters, pass.channels}, Beats());
  Beats& beats = entry->second;
  if (!is_new) return beats;
  FilterProgram program;
  for (program.begin(schedule_.grid, pass, lanes_); !program.done(); program.advance()) {
    const std::int64_t lanes = std::min(lanes_, program.row_words() - program.word);
    beats.words.push_back(static_cast<std::int32_t>(real_filter_words(schedule_.grid, pass, program, lanes)));
  }
  beats.of_row = ceil_div(program.row_words(), lanes_);
  return beats;
}

FilterArrival FilterArrivals::next(const RowStationaryPass& pass) {
  FilterArrival arrival;
  if (decoder_ == nullptr) return arrival;
  const Beats& beats = beats_of(pass);
  const std::vector<std::int64_t>& sent = decoder_->read(timing_, beats.words).sent;
  const auto late = [&sent](std::int64_t beat) { return sent[static_cast<std::size_t>(beat)] - beat; };
  const auto last = static_cast<std::int64_t>(sent.size()) - 1;
  arrival.delay = late(last);
  for (std::int64_t beat = beats.of_row - 1; beat <= last; beat += beats.of_row) {
    arrival.early.push_back(arrival.delay - late(beat));
  }
  return arrival;
}

}  // namespace lacuna
