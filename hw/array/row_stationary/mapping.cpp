// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/mapping.hpp"

#include <algorithm>

#include "hw/array/row_stationary/placement.hpp"
#include "hw/array/tiling.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

const RowStationaryConfig& config_of(const MappingContext& context) {
  return static_cast<const RowStationaryConfig&>(*context.array);
}

std::string broken_spad(const RowStationaryConfig& array, const LayerShape& shape, const RowStationaryMapping& map) {
  if (map.q * shape.span_width() > array.ifmap_spad_words) {
    return over_capacity(shape.D == 1 ? "an ifmap window q S" : "an ifmap window q (D (S - 1) + 1)",
                         map.q * shape.span_width(), "words", array.ifmap_spad_words, "/chip/array/ifmap_spad_words");
  }
  if (map.p > array.psum_spad_words) {
    return over_capacity("psums of a window p", map.p, "words", array.psum_spad_words, "/chip/array/psum_spad_words");
  }
  if (map.p * map.q * shape.S > array.filter_spad_words) {
    return over_capacity("filter rows p q S", map.p * map.q * shape.S, "words", array.filter_spad_words,
                         "/chip/array/filter_spad_words");
  }
  return "";
}

/// Psums of one ofmap channel of a tile.
std::int64_t channel_psums(const LayerShape& shape, const RowStationaryMapping& map) {
  return std::min(map.n, shape.N) * grid_of(shape, map).e * shape.F();
}

TileWords tile_words(const LayerShape& shape, const RowStationaryMapping& map) {
  const std::int64_t m = std::min(map.m, shape.M / shape.G);
  return {ifmap_tile_words(shape, map), m * channel_psums(shape, map),
          std::min(map.p * map.t, m) * std::min(map.q * map.r, shape.C) * shape.R * shape.S};
}

}  // namespace

std::int64_t ifmap_tile_words(const LayerShape& shape, const RowStationaryMapping& map) {
  const RowStationaryGrid grid = grid_of(shape, map);
  return std::min(map.n, shape.N) * std::min(map.q * map.r, shape.C) * grid.rows(grid.e) * shape.padded_width();
}

RowStationaryGrid grid_of(const LayerShape& shape, const RowStationaryMapping& mapping) {
  return {shape.R, shape.S, shape.U, mapping.r, mapping.t, std::min(mapping.e, shape.E()), shape.D};
}

std::string broken_capacity(const MappingContext& context, const RowStationaryMapping& mapping) {
  const RowStationaryConfig& array = config_of(context);
  std::string broken = broken_spad(array, context.shape, mapping);
  if (!broken.empty()) return broken;
  const RowStationaryGrid grid = grid_of(context.shape, mapping);
  if (!fits(grid, array.rows, array.columns)) {
    return std::to_string(grid.t) + (grid.t == 1 ? " set of " : " sets of ") + std::to_string(grid.chain()) + " x " +
           std::to_string(grid.e) + " PEs " + (grid.t == 1 ? "does" : "do") + " not fit the array of " +
           std::to_string(array.rows) + " x " + std::to_string(array.columns) +
           " PEs (/chip/array/rows, /chip/array/columns)";
  }
  const std::int64_t lanes = array.filter_bus_bits / context.weight_bits;
  if (context.filter_fifo_words > 0 && lanes > context.filter_fifo_words) {
    return over_capacity("words of a beat of the filter bus", lanes, "words", context.filter_fifo_words,
                         "/chip/weight_memory/fifo_values");
  }
  return broken_buffer(context, tile_words(context.shape, mapping));
}

std::int64_t most_psum_channels(const MappingContext& context, const RowStationaryMapping& mapping) {
  const std::int64_t free_banks =
      context.banks - banks_for(context, ifmap_tile_words(context.shape, mapping), context.activation_bits);
  return words_in(context, free_banks, context.psum_bits) / channel_psums(context.shape, mapping);
}

double estimated_cycles(const MappingContext& context, const RowStationaryMapping& map) {
  const LayerShape& shape = context.shape;
  const RowStationaryGrid grid = grid_of(shape, map);
  const RowStationaryUnits units = row_stationary_units(context);
  const std::int64_t n = std::min(map.n, shape.N);
  const std::int64_t Ft = shape.F();
  const std::int64_t rows = grid.rows(grid.e);
  const std::int64_t sent_rows = grid.sent_rows(grid.e);
  const std::int64_t compute = units.tap_edges(map.p) * map.q * shape.S * Ft * n;
  const std::int64_t psums = map.t * ceil_div(map.p, units.psum_lanes) * grid.e * Ft * n;
  const std::int64_t filters = map.t * grid.chain() * ceil_div(map.p * map.q * shape.S, units.filter_lanes);
  const std::int64_t first_window = ceil_div(sent_rows * grid.span() * map.q * map.r, units.ifmap_lanes);
  const std::int64_t ifmap = ceil_div(sent_rows * grid.width(Ft) * map.q * map.r * n, units.ifmap_lanes);
  const std::int64_t pass = filters + std::max({first_window + compute, psums, ifmap});

  const std::int64_t group_filters = shape.M / shape.G;
  const std::int64_t m_tiles = ceil_div(group_filters, std::min(map.m, group_filters));
  const std::int64_t batches = ceil_div(shape.N, n);
  const std::int64_t strips = ceil_div(shape.E(), grid.e);
  const std::int64_t filter_tiles = m_tiles * ceil_div(std::min(map.m, group_filters), map.p * map.t);
  const std::int64_t passes = shape.G * filter_tiles * batches * strips * ceil_div(shape.C, map.q * map.r);
  const std::int64_t link_bits =
      shape.filter_words() * strips * batches * context.weight_bits +
      shape.N * shape.G * shape.C * strips * rows * shape.padded_width() * m_tiles * context.activation_bits;
  // A link of one filter word per cycle: near enough to tell mappings apart.
  return static_cast<double>(passes * pass) + static_cast<double>(link_bits) / static_cast<double>(context.weight_bits);
}

}  // namespace lacuna
