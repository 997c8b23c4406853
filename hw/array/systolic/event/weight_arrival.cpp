// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/weight_arrival.hpp"

#include <algorithm>

namespace lacuna {

std::int64_t SystolicWeightArrivals::wait_of_load(const SystolicFold& fold) {
  if (decoder_ == nullptr || fold.weight_lanes > 0) return 0;
  const Reader& reader = load_reader(fold);
  const std::int64_t last = decoder_->read(parameters_.decoding, reader.name, reader.beats).sent.back();
  return last - (reader.beats.asked - 1);
}

SystolicWeightWait SystolicWeightArrivals::wait_of_stream(const SystolicFold& fold, std::int64_t ahead) {
  if (decoder_ == nullptr || fold.weight_lanes == 0) return {};
  const Reader& reader = stream_reader(fold, ahead);
  const std::vector<std::int64_t>& sent = decoder_->read(parameters_.decoding, reader.name, reader.beats).sent;
  return {sent.front() - ahead, sent.back() - ahead - parameters_.filters_sent(fold)};
}

const SystolicWeightArrivals::Reader& SystolicWeightArrivals::load_reader(const SystolicFold& fold) {
  const auto [entry, is_new] = readers_.emplace(std::array{fold.columns, fold.taps, std::int64_t{0}}, Reader());
  Reader& reader = entry->second;
  if (!is_new) return reader;
  // Rows without weights shift in first.
  const std::int64_t first_row = (std::max(parameters_.rows, fold.real_rows) - 1) * parameters_.shift_south;
  reader.beats.words.assign(static_cast<std::size_t>(first_row + 1), 0);
  for (std::int64_t row = 0; row < fold.real_rows; ++row) {
    const std::int64_t edge = first_row - row * parameters_.shift_south;
    reader.beats.words[static_cast<std::size_t>(edge)] += static_cast<std::int32_t>(fold.columns * fold.taps_of(row));
  }
  reader.beats.asked = first_row + 1;  // the last
  reader.name = "load " + std::to_string(parameters_.rows) + ' ' + std::to_string(parameters_.shift_south) + ' ' +
                std::to_string(parameters_.mac_macs);
  return reader;
}

const SystolicWeightArrivals::Reader& SystolicWeightArrivals::stream_reader(const SystolicFold& fold,
                                                                            std::int64_t ahead) {
  const bool lanes_are_taps = fold.taps_are_rows;
  const auto [entry, is_new] = readers_.emplace(
      std::array{lanes_are_taps ? fold.taps : fold.weight_lanes, lanes_are_taps ? fold.steps : fold.taps, ahead},
      Reader());
  Reader& reader = entry->second;
  if (!is_new) return reader;
  reader.beats.words.assign(static_cast<std::size_t>(ahead + parameters_.filters_sent(fold) + 1), 0);
  for (std::int64_t lane = 0; lane < fold.weight_lanes; ++lane) {
    for (std::int64_t issue = 0; issue < fold.steps; ++issue) {
      const std::int64_t edge = (issue * parameters_.step + lane * parameters_.lane_hop()) * parameters_.mac_cycles;
      reader.beats.words[static_cast<std::size_t>(ahead + edge)] +=
          static_cast<std::int32_t>(fold.taps_of(lanes_are_taps ? lane : issue));
    }
  }
  reader.beats.asked = ahead + 1;  // the first edge of the computing, and the last
  reader.name = "stream " + std::to_string(ahead);
  for (const std::int64_t number :
       {parameters_.step, parameters_.lane_hop(), parameters_.mac_macs, parameters_.mac_cycles}) {
    reader.name += ' ' + std::to_string(number);
  }
  return reader;
}

}  // namespace lacuna
