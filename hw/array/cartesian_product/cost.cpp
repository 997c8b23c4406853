// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/cost.hpp"

#include <algorithm>
#include <vector>

#include "hw/array/cartesian_product/activity.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

/// Where the events stand in the order of cartesian_events().
enum Event : std::size_t {
  kGated,
  kIaramRead,
  kBroadcast,
  kFifoWrite,
  kFifoRead,
  kIdle,
  kDropped,
  kCoordinate,
  kRoute,
  kUpdate,
  kHalo,
  kPpu
};

/// Pairs (output, filter word) of one dimension that meet a word of the ifmap.
std::int64_t meetings(std::int64_t first_output, std::int64_t outputs, std::int64_t filter, const LayerShape& shape,
                      std::int64_t words) {
  std::int64_t all = 0;
  for (std::int64_t r = 0; r < filter; ++r) {
    // Outputs y with 0 <= y U + r - P < words.
    const std::int64_t low = std::max(first_output, ceil_div(std::max<std::int64_t>(shape.P - r, 0), shape.U));
    const std::int64_t room = words + shape.P - 1 - r;
    const std::int64_t high = room < 0 ? -1 : std::min(first_output + outputs - 1, room / shape.U);
    all += std::max<std::int64_t>(high - low + 1, 0);
  }
  return all;
}

}  // namespace

CartesianCosts::CartesianCosts(const MappingContext& context)
    : context_(context), shape_(context.shape), array_(static_cast<const CartesianConfig&>(*context.array).shape()) {}

MappingCost CartesianCosts::nothing() const {
  MappingCost cost;
  cost.events.assign(cartesian_events().size(), 0);
  return cost;
}

CartesianCosts::Channel CartesianCosts::fc_layer(const CartesianGrid& grid, std::int64_t k) const {
  const std::int64_t inputs = shape_.C * shape_.R * shape_.S;
  const std::int64_t vectors = ceil_div(k, array_.filter_lanes);
  Channel all;
  all.steps = ceil_div(inputs, grid.used_pes()) * vectors;
  all.pairs = all.broadcasts = all.writes = inputs * vectors;
  all.products = inputs * k;
  all.vectors = inputs;
  return all;
}

CartesianCosts::Channel CartesianCosts::channel(const CartesianGrid& grid, const FeatureTile& strip,
                                                std::int64_t k) const {
  const CartesianSpan rows{std::max<std::int64_t>(shape_.P - strip.row * shape_.U, 0),
                           shape_.H - std::max<std::int64_t>(strip.row * shape_.U - shape_.P, 0)};
  const CartesianSpan columns{shape_.P, shape_.W};
  Channel all;
  std::vector<std::int64_t> steps(static_cast<std::size_t>(array_.pes()), 0);
  std::int64_t block = 0;  // weight vectors of all phases
  std::int64_t again = 0;  // and if each activation vector of the slowest PE needs them anew
  for (std::int64_t phase = 0; phase < shape_.U * shape_.U; ++phase) {
    const std::int64_t a = phase / shape_.U;
    const std::int64_t b = phase % shape_.U;
    if (a >= shape_.R || b >= shape_.S) continue;
    const std::int64_t weights = k * ceil_div(shape_.R - a, shape_.U) * ceil_div(shape_.S - b, shape_.U);
    const std::int64_t weight_vectors = ceil_div(weights, array_.filter_lanes);
    std::int64_t most = 0;
    for (std::int64_t pe = 0; pe < array_.pes(); ++pe) {
      const std::int64_t words =
          grid.rows.in_phase(pe / array_.columns, a, rows) * grid.columns.in_phase(pe % array_.columns, b, columns);
      const std::int64_t vectors = ceil_div(words, array_.ifmap_lanes);
      most = std::max(most, vectors);
      steps[static_cast<std::size_t>(pe)] += vectors * weight_vectors;
      all.pairs += vectors * weight_vectors;
      all.products += words * weights;
      all.vectors += vectors;
    }
    block += most > 0 ? weight_vectors : 0;
    again += most * weight_vectors;
  }
  all.steps = *std::max_element(steps.begin(), steps.end());
  all.broadcasts = block <= array_.fifo ? block : again;
  all.writes = all.broadcasts * grid.used_pes();
  return all;
}

void CartesianCosts::add_passes(const FeatureTile& strip, std::int64_t k, std::int64_t count, MappingCost& cost) const {
  const CartesianGrid grid(array_, shape_, strip.rows);
  const Channel one = grid.fc ? fc_layer(grid, k) : channel(grid, strip, k);
  const std::int64_t channels = grid.fc ? 1 : shape_.C;
  const std::int64_t times = count * channels;
  const std::int64_t useful = k * shape_.C * meetings(strip.row, strip.rows, shape_.R, shape_, shape_.H) *
                              meetings(0, shape_.F(), shape_.S, shape_, shape_.W);
  const std::int64_t sums = k * strip.rows * shape_.F();
  const std::int64_t compute = std::max<std::int64_t>(channels * one.steps, 1);
  const std::int64_t drain = k * grid.largest_region();
  cost.compute_cycles += count * compute;
  cost.cycles += count * (array_.drain_overlap ? std::max(compute, drain) : compute + drain);
  cost.macs_performed += times * one.products;
  cost.buffer_psum_reads += count * sums;
  cost.events[kIaramRead] += times * one.vectors;
  cost.events[kBroadcast] += times * one.broadcasts;
  cost.events[kFifoWrite] += times * one.writes;
  cost.events[kFifoRead] += times * one.pairs;
  cost.events[kIdle] += times * (one.pairs * array_.multipliers() - one.products);
  cost.events[kDropped] += times * one.products - count * useful;
  cost.events[kCoordinate] += times * one.products;
  cost.events[kRoute] += count * useful;
  cost.events[kUpdate] += count * useful;
  cost.events[kHalo] += count * k * grid.sums_sent();
  cost.events[kPpu] += count * sums;
}

void CartesianCosts::add_up(const CartesianMapping& map, MappingCost& cost) const {
  cost = nothing();
  for_parts(0, shape_.E(), map.e, [&](std::int64_t row, std::int64_t rows) {
    FeatureTile strip;
    strip.row = row;
    strip.rows = rows;
    for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
      for (const Parts& k : parts_of(m.size, map.k)) {
        if (k.count * m.count == 0) continue;
        add_passes(strip, k.size, shape_.N * shape_.G * m.count * k.count, cost);
      }
    }
  });
  // Weights and activations flow as long as PEs work.
  cost.port_cycles = cost.filter_cycles = cost.compute_cycles;
  if (context_.filter_store_words > 0) cost.filter_cycles = 0;  // once decoded, a tile is in no one's way
  cost.active_pes = active_pes(map);
  count_words(map, cost);
}

std::int64_t CartesianCosts::active_pes(const CartesianMapping& map) const {
  CartesianGrid all(array_, shape_, map.e);
  if (shape_.E() % map.e != 0) {
    all.used_rows = std::max(all.used_rows, CartesianGrid(array_, shape_, shape_.E() % map.e).used_rows);
  }
  return all.used_pes() * array_.multipliers();
}

void CartesianCosts::count_words(const CartesianMapping& map, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  const std::int64_t tiles = shape_.N * ceil_div(shape_.E(), map.e);
  const std::int64_t words = shape_.G * shape_.C * shape_.R * shape_.S;  // of one filter of every group
  for (const Parts& m : parts_of(filters, map.m)) {
    cost.dram_filter_words += words * m.count * m.size * (m.size <= map.k ? 1 : tiles);  // one group stays
  }
  if (context_.filter_store_words > 0) cost.buffer_filter_reads = cost.dram_filter_words;  // decoded once a fetch
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(filters, map.m));
  cost.dram_ofmap_words = shape_.N * shape_.ofmap_words();
}

}  // namespace lacuna
