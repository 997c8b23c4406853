// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/clocked/buffer_port.hpp"

namespace lacuna {

Word RowStationaryBufferPort::filter(std::int64_t pass, const FilterProgram& at, std::int64_t lane) {
  const RowStationaryPass& shape = schedule_.pass_list[static_cast<std::size_t>(pass)];
  if (!is_real_filter_word(schedule_.grid, shape, at, lane)) return 0;
  return decoder_ != nullptr ? decoder_->take() : buffer_.filter.read(filter_address_++);
}

void RowStationaryBufferPort::begin_filters(std::int64_t) {
  filter_address_ = 0;
  if (decoder_ != nullptr) decoder_->start();
}

bool RowStationaryBufferPort::has_filters(std::int64_t pass, const FilterProgram& at, std::int64_t lanes) const {
  if (decoder_ == nullptr) return true;
  const RowStationaryPass& shape = schedule_.pass_list[static_cast<std::size_t>(pass)];
  return decoder_->available() >= real_filter_words(schedule_.grid, shape, at, lanes);
}

Word RowStationaryBufferPort::ifmap(std::int64_t pass, const IfmapProgram& at) {
  const RowStationaryPass& shape = schedule_.pass_list[static_cast<std::size_t>(pass)];
  const std::int64_t channel = at.rr * shape.q + at.channel;
  if (channel >= shape.channels) return 0;
  const FeatureTile& tile =
      schedule_.ifmap_tiles[static_cast<std::size_t>(schedule_.ifmap_tile_of[static_cast<std::size_t>(pass)])];
  return buffer_.read_ifmap(((at.image * tile.channels + channel) * tile.rows + at.row) * tile.columns + at.column);
}

std::int64_t RowStationaryBufferPort::psum_address(std::int64_t pass, const PsumProgram& at, std::int64_t lane) const {
  const RowStationaryPass& shape = schedule_.pass_list[static_cast<std::size_t>(pass)];
  const std::int64_t filter = at.ts * shape.p + at.beat * schedule_.units.psum_lanes + lane;
  if (filter >= shape.filters) return -1;
  return ((at.image * shape.tile_filters + shape.filter_in_tile + filter) * shape.ev + at.j) * shape.Ft + at.x;
}

Word RowStationaryBufferPort::psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane) {
  const std::int64_t address = psum_address(pass, at, lane);
  if (address < 0) return 0;
  if (schedule_.pass_list[static_cast<std::size_t>(pass)].first_channels) return buffer_.read_zero_psum();
  return buffer_.psum.read(address);
}

void RowStationaryBufferPort::write_psum(std::int64_t pass, const PsumProgram& at, std::int64_t lane, Word word) {
  const std::int64_t address = psum_address(pass, at, lane);
  if (address >= 0) buffer_.psum.write(address, word);
}

}  // namespace lacuna
