// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/activations.hpp"

#include "hw/base/zero_mask.hpp"

namespace lacuna {

CartesianActivations::CartesianActivations(const CartesianSchedule& schedule, const CartesianShape& array,
                                           const EventBuffer& operands, bool keep_words)
    : schedule_(schedule),
      array_(array),
      operands_(operands),
      keep_words_(keep_words),
      live_(static_cast<std::size_t>(array.ifmap_lanes)),
      not_zero_(live_.size()),
      streams_(static_cast<std::size_t>(array.columns)) {
  for (std::size_t words = 0; words < lane_.size(); ++words) {
    lane_[words] = static_cast<std::uint8_t>(static_cast<std::int64_t>(words) % array.ifmap_lanes);
    vectors_filled_[words] = static_cast<std::uint8_t>(static_cast<std::int64_t>(words) / array.ifmap_lanes);
  }
}

void CartesianActivations::read(const TiledPass& pass) {
  if (pass.ifmap_tile == tile_) return;
  tile_ = pass.ifmap_tile;
  const LayerShape& shape = schedule_.shape();
  const std::int64_t planes = shape.C * shape.U * shape.U;
  planes_.clear();
  borders_.clear();
  blocks_.clear();
  words_.clear();
  vectors_.clear(planes, array_.pes());
  for (CartesianLaneCounts& lane : live_) lane.clear(planes, array_.pes());
  for (CartesianLaneCounts& lane : not_zero_) lane.clear(array_.dense ? planes : 0, array_.pes());
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const CartesianGrid grid(array_, shape, ofmap.rows);
  std::vector<Columns> columns;
  for (std::int64_t phase = 0; phase < shape.U; ++phase) columns.push_back(columns_of(grid, phase, ofmap.columns));
  for (std::int64_t channel = 0; channel < shape.C; ++channel) {
    for (std::int64_t row_phase = 0; row_phase < shape.U; ++row_phase) {
      for (const Columns& of_phase : columns) read_plane(pass, grid, channel, row_phase, of_phase);
    }
  }
}

std::int64_t CartesianActivations::steps_below(std::int64_t end, std::int64_t first) const {
  return end <= first ? 0 : ceil_div(end - first, schedule_.shape().U);
}

CartesianActivations::Columns CartesianActivations::columns_of(const CartesianGrid& grid, std::int64_t phase,
                                                               std::int64_t ofmap_columns) const {
  const LayerShape& shape = schedule_.shape();
  const CartesianBorder border(std::max<std::int64_t>(steps_below(shape.S, phase), 1), ofmap_columns);
  Columns columns;
  columns.phase = phase;
  columns.classes = border.classes();
  for (std::int64_t pe = 0; pe < array_.columns; ++pe) {
    const CartesianSpan own = grid.columns.of(pe);
    const std::int64_t first = steps_below(own.first, phase);
    const std::int64_t end = steps_below(own.first + own.count, phase);
    for (std::int64_t from = first; from < end; from += kMaskBits) {
      Part part{pe, from, std::min(kMaskBits, end - from), from - first, end - first};
      part.fillers = array_.fillers(part.columns) > 0;
      for (std::int64_t column = from; column < from + part.columns; ++column) {
        const std::uint64_t bit = std::uint64_t{1} << (column - from);
        const std::int64_t padded = column * shape.U + phase;
        columns.borders.push_back(static_cast<std::int32_t>(border.of(column)));
        if (columns.borders.back() != border.inner()) part.border |= bit;
        if (padded >= shape.P && padded < shape.P + shape.W) part.unpadded |= bit;
      }
      columns.parts.push_back(part);
    }
  }
  return columns;
}

void CartesianActivations::read_plane(const TiledPass& pass, const CartesianGrid& grid, std::int64_t channel,
                                      std::int64_t row_phase, const Columns& columns) {
  const LayerShape& shape = schedule_.shape();
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const PhasePlanes& planes = operands_.ifmap(ofmap.image);
  const CartesianBorder border(std::max<std::int64_t>(steps_below(shape.R, row_phase), 1), ofmap.rows);
  const CartesianSpan last = grid.rows.of(array_.rows - 1);
  const std::int64_t rows = steps_below(last.first + last.count, row_phase);
  const std::int64_t first_row = ofmap.row * shape.U + row_phase;  // of the padded ifmap
  const std::int64_t pitch = planes.layout().pitch();
  const std::vector<std::uint64_t> not_zero =
      non_zero_mask({planes.at(schedule_.ifmap_tile(pass).channel + channel, first_row, columns.phase),
                     static_cast<std::size_t>(rows * pitch)});
  Plane plane;
  plane.first_border = borders_.size();
  planes_.push_back(plane);
  for (std::int64_t pe_row = 0; pe_row < array_.rows; ++pe_row) {
    const CartesianSpan own = grid.rows.of(pe_row);
    const std::int64_t first = steps_below(own.first, row_phase);
    const std::int64_t end = steps_below(own.first + own.count, row_phase);
    for (std::int64_t y = first; y < end; ++y) {
      const std::int64_t row_class = border.of(y);
      const std::int64_t padded_row = y * shape.U + first_row;
      const bool unpadded = padded_row >= shape.P && padded_row < shape.P + shape.H;
      const Row row{y, y - first, row_class * columns.classes, row_class == border.inner(), pe_row * array_.columns};
      for (const Part& part : columns.parts) {
        const std::uint64_t live =
            bits_of(not_zero, static_cast<std::size_t>(y * pitch + part.first), static_cast<std::size_t>(part.columns));
        // Padding is left out where zeros are not.
        const std::uint64_t words = array_.dense ? (unpadded ? part.unpadded : 0) : live;
        if (words != 0) read_part(row, columns, part, words, words & ~live);
      }
    }
    end_row_of_pes(pe_row * array_.columns);
  }
  planes_.back().borders = borders_.size() - plane.first_border;
}

void CartesianActivations::read_part(const Row& row, const Columns& columns, const Part& part, std::uint64_t words,
                                     std::uint64_t zeros) {
  if (!part.fillers) return read_run(row, columns, part, words, zeros);
  for_each_bit(words, [&](std::size_t word) {
    const std::uint64_t bit = std::uint64_t{1} << word;
    read_run(row, columns, part, bit, zeros & bit);
  });
}

void CartesianActivations::read_run(const Row& row, const Columns& columns, const Part& part, std::uint64_t words,
                                    std::uint64_t zeros) {
  Stream& stream = streams_[static_cast<std::size_t>(part.pe)];
  const std::int64_t place = row.in_tile * part.tile_columns + part.place;
  const std::int64_t fillers = array_.fillers(place + __builtin_ctzll(words) - stream.next_place);
  if (fillers > 0) add_fillers(fillers, stream);
  stream.next_place = place + kMaskBits - __builtin_clzll(words);
  const std::uint64_t border = row.inner ? part.border : ~std::uint64_t{0};
  auto behind = static_cast<std::size_t>(stream.lane);  // words behind lane 0
  if ((words & border) == 0 && zeros == 0 && !keep_words_) {
    behind += static_cast<std::size_t>(__builtin_popcountll(words));
  } else {
    for_each_bit(words, [&](std::size_t bit) {
      const std::uint64_t own = std::uint64_t{1} << bit;
      const auto column = static_cast<std::size_t>(part.first) + bit;
      const std::size_t lane = lane_[behind++];
      CartesianActivation word{static_cast<std::int32_t>(row.row), static_cast<std::int32_t>(column)};
      word.zero = (zeros & own) != 0;
      word.meets_all = (border & own) == 0;
      if (word.zero) ++stream.zeros[lane];
      if (keep_words_) stream.words.push_back(word);
      if (word.meets_all) return;
      borders_.push_back({static_cast<std::int32_t>(row.first_pe + part.pe),
                          static_cast<std::int32_t>(row.first_border) + columns.borders[column],
                          static_cast<std::int16_t>(lane), word.zero});
    });
  }
  stream.full_vectors += vectors_filled_[behind];
  stream.lane = lane_[behind];
}

void CartesianActivations::add_fillers(std::int64_t fillers, Stream& stream) const {
  for (std::int64_t filler = 0; filler < fillers; ++filler) {
    ++stream.fillers[static_cast<std::size_t>(stream.lane)];
    if (++stream.lane < array_.ifmap_lanes) continue;
    stream.lane = 0;
    ++stream.full_vectors;
  }
  if (keep_words_) {
    stream.words.resize(stream.words.size() + static_cast<std::size_t>(fillers), CartesianActivation{0, 0, true});
  }
}

void CartesianActivations::end_row_of_pes(std::int64_t first_pe) {
  Plane& plane = planes_.back();
  const auto index = static_cast<std::int64_t>(planes_.size()) - 1;
  std::int64_t pe = first_pe;
  for (Stream& stream : streams_) {
    const std::int64_t vectors = stream.full_vectors + (stream.lane > 0 ? 1 : 0);
    vectors_.at(index, pe) = static_cast<double>(vectors);
    plane.vectors += vectors;
    plane.most_vectors = std::max(plane.most_vectors, vectors);
    for (std::size_t lane = 0; lane < live_.size(); ++lane) {
      const std::int64_t words = stream.full_vectors + (static_cast<std::int64_t>(lane) < stream.lane ? 1 : 0);
      const std::int64_t live = words - stream.fillers[lane];
      plane.words += live;
      live_[lane].at(index, pe) = static_cast<double>(live);
      if (array_.dense) not_zero_[lane].at(index, pe) = static_cast<double>(live - stream.zeros[lane]);
    }
    if (keep_words_) {
      blocks_.push_back({words_.size(), static_cast<std::int64_t>(stream.words.size())});
      words_.insert(words_.end(), stream.words.begin(), stream.words.end());
      stream.words.clear();
    }
    stream.next_place = stream.full_vectors = stream.lane = 0;
    stream.fillers = stream.zeros = {};
    ++pe;
  }
}

}  // namespace lacuna
