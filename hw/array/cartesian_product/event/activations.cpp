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
      streams_(static_cast<std::size_t>(array.columns)) {}

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
  const CartesianBorder border(std::max<std::int64_t>(steps_below(schedule_.shape().S, phase), 1), ofmap_columns);
  Columns columns;
  columns.phase = phase;
  columns.classes = border.classes();
  columns.inner = border.inner();
  for (std::int64_t pe = 0; pe < array_.columns; ++pe) {
    const CartesianSpan own = grid.columns.of(pe);
    const std::int64_t first = steps_below(own.first, phase);
    const std::int64_t count = steps_below(own.first + own.count, phase) - first;
    for (std::int64_t place = 0; place < count; ++place) {
      Column column;
      column.pe = static_cast<std::int32_t>(pe);
      column.place = static_cast<std::int32_t>(place);
      column.tile_columns = static_cast<std::int32_t>(count);
      column.border = static_cast<std::int32_t>(border.of(first + place));
      columns.columns.push_back(column);
    }
  }
  return columns;
}

namespace {

/// The words of a plane that take part, row by row.
class PlaneWords {
 public:
  /// `rows` rows, the first of which lies `pitch` words before the second.
  PlaneWords(const LayerShape& shape, bool dense, const StoredWord* words, std::int64_t rows, std::int64_t pitch)
      : shape_(shape), words_(words), pitch_(pitch) {
    if (!dense) mask_ = non_zero_mask({words, static_cast<std::size_t>(rows * pitch)});
  }

  /// Calls visit(column) for those of a row. `padded_row` is the row of the padded ifmap, `phase` that of the columns.
  template <class Visit>
  void for_each(std::int64_t row, std::int64_t columns, std::int64_t padded_row, std::int64_t phase,
                const Visit& visit) const {
    const auto from = static_cast<std::size_t>(row * pitch_);
    if (!mask_.empty()) {
      for_each_bit(mask_, from, from + static_cast<std::size_t>(columns),
                   [&](std::size_t bit) { visit(static_cast<std::int64_t>(bit - from)); });
      return;
    }
    if (padded_row < shape_.P || padded_row >= shape_.P + shape_.H) return;  // padding is left out all the same
    for (std::int64_t column = 0; column < columns; ++column) {
      const std::int64_t padded_column = column * shape_.U + phase;
      if (padded_column >= shape_.P && padded_column < shape_.P + shape_.W) visit(column);
    }
  }
  bool is_zero(std::int64_t row, std::int64_t column) const { return words_[row * pitch_ + column] == 0; }

 private:
  const LayerShape& shape_;
  const StoredWord* words_;
  std::int64_t pitch_;
  std::vector<std::uint64_t> mask_;  ///< empty where all words take part
};

}  // namespace

void CartesianActivations::read_plane(const TiledPass& pass, const CartesianGrid& grid, std::int64_t channel,
                                      std::int64_t row_phase, const Columns& columns) {
  const LayerShape& shape = schedule_.shape();
  const FeatureTile& ofmap = schedule_.ofmap_tile(pass);
  const PhasePlanes& planes = operands_.ifmap(ofmap.image);
  const CartesianBorder border(std::max<std::int64_t>(steps_below(shape.R, row_phase), 1), ofmap.rows);
  const CartesianSpan last = grid.rows.of(array_.rows - 1);
  const std::int64_t rows = steps_below(last.first + last.count, row_phase);
  const std::int64_t first_row = ofmap.row * shape.U + row_phase;  // of the padded ifmap
  const PlaneWords words(shape, array_.dense,
                         planes.at(schedule_.ifmap_tile(pass).channel + channel, first_row, columns.phase), rows,
                         planes.layout().pitch());
  Plane plane;
  plane.first_border = borders_.size();
  planes_.push_back(plane);
  for (std::int64_t pe_row = 0; pe_row < array_.rows; ++pe_row) {
    const CartesianSpan own = grid.rows.of(pe_row);
    const std::int64_t first = steps_below(own.first, row_phase);
    const std::int64_t end = steps_below(own.first + own.count, row_phase);
    for (std::int64_t row = first; row < end; ++row) {
      const std::int64_t row_class = border.of(row);
      const auto add_word = [&](std::int64_t index) {
        const Column& column = columns.columns[static_cast<std::size_t>(index)];
        CartesianActivation word{static_cast<std::int32_t>(row), static_cast<std::int32_t>(index)};
        word.zero = array_.dense && words.is_zero(row, index);
        word.meets_all = row_class == border.inner() && column.border == columns.inner;
        CartesianBorderWord of_border;
        of_border.pe = static_cast<std::int32_t>(pe_row * array_.columns) + column.pe;
        of_border.border = static_cast<std::int32_t>(row_class * columns.classes) + column.border;
        add(word, (row - first) * column.tile_columns + column.place, of_border,
            streams_[static_cast<std::size_t>(column.pe)]);
      };
      words.for_each(row, static_cast<std::int64_t>(columns.columns.size()), row * shape.U + first_row, columns.phase,
                     add_word);
    }
    end_row_of_pes(pe_row * array_.columns);
  }
  planes_.back().borders = borders_.size() - plane.first_border;
}

void CartesianActivations::add(const CartesianActivation& word, std::int64_t place, CartesianBorderWord border,
                               Stream& stream) {
  const std::int64_t fillers = array_.fillers(place - stream.next_place);
  if (fillers > 0) add_fillers(fillers, stream);
  stream.next_place = place + 1;
  const auto lane = static_cast<std::size_t>(stream.lane);
  ++stream.live[lane];
  if (!word.zero) ++stream.not_zero[lane];
  if (!word.meets_all) {
    border.lane = static_cast<std::int16_t>(lane);
    border.zero = word.zero;
    borders_.push_back(border);
  }
  if (keep_words_) stream.words.push_back(word);
  if (++stream.lane < array_.ifmap_lanes) return;
  stream.lane = 0;
  ++stream.full_vectors;
}

void CartesianActivations::add_fillers(std::int64_t fillers, Stream& stream) const {
  const std::int64_t behind = stream.lane + fillers;
  stream.full_vectors += behind / array_.ifmap_lanes;
  stream.lane = behind % array_.ifmap_lanes;
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
      live_[lane].at(index, pe) = stream.live[lane];
      if (array_.dense) not_zero_[lane].at(index, pe) = stream.not_zero[lane];
    }
    if (keep_words_) {
      blocks_.push_back({words_.size(), static_cast<std::int64_t>(stream.words.size())});
      words_.insert(words_.end(), stream.words.begin(), stream.words.end());
      stream.words.clear();
    }
    stream.next_place = stream.full_vectors = stream.lane = 0;
    stream.live = stream.not_zero = {};
    ++pe;
  }
}

}  // namespace lacuna
