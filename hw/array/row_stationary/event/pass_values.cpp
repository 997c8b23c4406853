// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/pass_values.hpp"

#include <algorithm>

namespace lacuna {

PassValues::PassValues(const RowStationarySchedule& schedule, const Mac& mac, const Arithmetic& arithmetic,
                       GlobalBuffer& buffer)
    : schedule_(schedule),
      mac_(mac),
      arithmetic_(arithmetic),
      buffer_(buffer),
      local_(static_cast<std::size_t>(schedule.pass_list.front().Ft)) {}

void PassValues::find_filters(const RowStationaryPass& pass) {
  const RowStationaryGrid& grid = schedule_.grid;
  rows_of_filters_.clear();
  std::int64_t address = 0;
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    const std::int64_t filters = std::clamp(pass.filters - ts * pass.p, std::int64_t{0}, pass.p);
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      const std::int64_t channels = std::clamp(pass.channels - i / grid.R * pass.q, std::int64_t{0}, pass.q);
      rows_of_filters_.push_back(address);
      address += filters * channels * grid.S;
    }
  }
}

void PassValues::compute(std::int64_t index) {
  const RowStationaryPass& pass = schedule_.pass_list[static_cast<std::size_t>(index)];
  tile_ = &schedule_.ifmap_tiles[static_cast<std::size_t>(schedule_.ifmap_tile_of[static_cast<std::size_t>(index)])];
  find_filters(pass);
  for (std::int64_t image = 0; image < pass.n; ++image) {
    for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
      Word* const psums =
          buffer_.psum.words() + (image * pass.tile_filters + pass.filter_in_tile + filter) * pass.ev * pass.Ft;
      if (pass.first_channels) std::fill_n(psums, pass.ev * pass.Ft, 0);
      for (std::int64_t j = 0; j < pass.ev; ++j) add_chain(pass, filter, image, j, psums + j * pass.Ft);
    }
  }
}

void PassValues::add_chain(const RowStationaryPass& pass, std::int64_t filter, std::int64_t image, std::int64_t j,
                           Word* psums) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t ts = filter / pass.p;
  const auto windows = static_cast<std::size_t>(pass.Ft);
  for (std::int64_t i = grid.chain() - 1; i >= 0; --i) {
    const std::int64_t first_channel = i / grid.R * pass.q;
    const std::int64_t channels = std::clamp(pass.channels - first_channel, std::int64_t{0}, pass.q);
    const Word* weight = buffer_.filter.words() + rows_of_filters_[static_cast<std::size_t>(ts * grid.chain() + i)] +
                         filter % pass.p * channels * grid.S;
    std::fill(local_.begin(), local_.end(), 0);
    for (std::int64_t s = 0; s < grid.S; ++s) {
      for (std::int64_t c = first_channel; c < first_channel + channels; ++c) {
        const Word* const row =
            buffer_.ifmap.words() +
            ((image * tile_->channels + c) * tile_->rows + i % grid.R + grid.U * j) * tile_->columns;
        mac_.row(row + s, grid.U, *weight++, local_.data(), windows);
      }
    }
    for (std::size_t x = 0; x < windows; ++x) psums[x] = accumulate(arithmetic_, psums[x], local_[x]);
  }
}

}  // namespace lacuna
