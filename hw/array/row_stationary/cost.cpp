// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/cost.hpp"

#include <algorithm>

#include "hw/array/row_stationary/mapping.hpp"

namespace lacuna {

namespace {

const RowStationaryConfig& config_of(const MappingContext& context) {
  return static_cast<const RowStationaryConfig&>(*context.array);
}

/// Filter tiles by the filters that a PE gets in them: those of full m tiles and of the last one, full and not.
std::array<Parts, 4> filter_parts(std::int64_t filters, const RowStationaryMapping& map) {
  std::array<Parts, 4> parts{};
  std::size_t next = 0;
  for (const Parts& m : parts_of(filters, std::min(map.m, filters))) {
    for (const Parts& tile : parts_of(m.size, map.p * map.t)) {
      parts[next++] = {std::min(map.p, ceil_div(tile.size, map.t)), m.count * tile.count};
    }
  }
  return parts;
}

}  // namespace

RowStationaryCosts::RowStationaryCosts(const MappingContext& context)
    : shape_(context.shape),
      units_(row_stationary_units(context)),
      gating_(config_of(context).gating()),
      grid_(grid_of(shape_, RowStationaryMapping())),
      E_(shape_.E()),
      F_(shape_.F()),
      width_(grid_.width(F_)) {}

void RowStationaryCosts::cut(const RowStationaryMapping& map, Sums& sums) const {
  const std::int64_t e = std::min(map.e, E_);
  sums.batches = ceil_div(shape_.N, map.n);
  sums.strips = ceil_div(E_, e);
  sums.rows = (sums.strips - 1) * grid_.rows(e) + grid_.rows(E_ - (sums.strips - 1) * e);
  sums.sent_rows = (sums.strips - 1) * grid_.sent_rows(e) + grid_.sent_rows(E_ - (sums.strips - 1) * e);
  sums.channel_tiles = ceil_div(shape_.C, map.q * map.r);
  const std::int64_t whole = sums.channel_tiles - 1;
  sums.channel_slots = whole * map.q + std::min(map.q, ceil_div(shape_.C - whole * map.q * map.r, map.r));
}

void RowStationaryCosts::exact(const RowStationaryMapping& map, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  const std::array<Parts, 4> tiles = filter_parts(filters, map);
  Sums sums;
  cut(map, sums);
  sums.m_tiles = ceil_div(filters, std::min(map.m, filters));
  sums.filter_tiles = sums.pe_filters = sums.psum_beats = 0;
  for (const Parts& tile : tiles) {
    sums.filter_tiles += tile.count;
    sums.pe_filters += tile.count * tile.size;
    sums.psum_beats += tile.count * map.t * ceil_div(tile.size, units_.psum_lanes);
  }
  sums.set_tiles = map.t * sums.filter_tiles;
  sums.filter_slots = map.t * sums.pe_filters;
  cost.active_pes = map.t * grid_.R * map.r * std::min(map.e, E_);
  count_traffic(sums, cost);
  count_events(sums, map.r, cost);
  estimate_cycles(map, tiles, cost);
}

void RowStationaryCosts::at_least(const RowStationaryMapping& map, const Bounds& bounds, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  Sums sums;
  cut(map, sums);
  sums.m_tiles = ceil_div(filters, bounds.most_in_buffer);
  sums.filter_tiles = ceil_div(filters, bounds.most_in_pass);
  sums.set_tiles = sums.filter_tiles;
  sums.pe_filters = ceil_div(filters, bounds.most_sets);
  sums.filter_slots = filters;
  sums.psum_beats = ceil_div(filters, units_.psum_lanes);
  cost.active_pes = grid_.R * map.r * std::min(map.e, E_);
  count_traffic(sums, cost);
  count_events(sums, map.r, cost);
  const std::int64_t strips = shape_.G * sums.strips;
  // The filters of several tiles never share an issue: it is full at best.
  cost.compute_cycles = units_.tap_edges(sums.pe_filters) * sums.channel_slots * grid_.S * F_ * shape_.N * strips;
  const std::int64_t psums = shape_.G * sums.psum_beats * E_ * F_ * shape_.N * sums.channel_tiles;
  const std::int64_t ifmap =
      shape_.G * shape_.N * sums.channel_slots * map.r * width_ * sums.sent_rows * sums.filter_tiles;
  cost.port_cycles = std::max(psums, ceil_div(ifmap, units_.ifmap_lanes));
  const std::int64_t words = filters * grid_.R * map.r * sums.channel_slots * grid_.S * strips * sums.batches;
  cost.load_cycles = cost.filter_cycles = ceil_div(words, units_.filter_lanes);
  cost.cycles = cost.load_cycles + std::max(cost.compute_cycles, cost.port_cycles);
}

/// What DRAM and global buffer move. Filters are fetched for every pass, an ifmap tile where it differs from the one
/// before.
void RowStationaryCosts::count_traffic(const Sums& sums, MappingCost& cost) const {
  const bool one_tile = sums.batches * sums.strips * sums.channel_tiles == 1;
  const std::int64_t channels = shape_.N * shape_.G * shape_.C;
  cost.dram_filter_words = shape_.filter_words() * sums.strips * sums.batches;
  cost.dram_ifmap_words = channels * sums.rows * shape_.padded_width() * (one_tile ? 1 : sums.m_tiles);
  cost.dram_ofmap_words = shape_.N * shape_.M * E_ * F_;
  cost.buffer_ifmap_reads = channels * width_ * sums.sent_rows * sums.filter_tiles;
  cost.buffer_psum_reads = cost.dram_ofmap_words * sums.channel_tiles;
  cost.buffer_filter_reads = cost.dram_filter_words;
}

/// In the order of row_stationary_events(). Filler filters and channels are part of all but the MACs that gate on them:
/// filters that are not there are zero weights, channels that are not there zero ifmap words.
void RowStationaryCosts::count_events(const Sums& sums, std::int64_t r, MappingCost& cost) const {
  const std::int64_t chain = grid_.R * r;
  const std::int64_t G = shape_.G;
  const std::int64_t outputs = shape_.N * E_ * F_ * G;
  const std::int64_t issued = outputs * sums.filter_slots * chain * sums.channel_slots * grid_.S;
  const std::int64_t on_channels = outputs * sums.filter_slots * grid_.R * grid_.S * shape_.C;
  const std::int64_t on_activations = gating_.on_activation ? on_channels : issued;
  const std::int64_t performed = gating_.on_weight ? shape_.macs() : on_activations;
  const std::int64_t filters = sums.filter_slots * chain * sums.channel_slots * grid_.S * sums.batches * G;
  const std::int64_t ifmap = shape_.N * sums.channel_slots * width_ * G;
  const std::int64_t delivered = ifmap * sums.set_tiles * chain * E_;
  const std::int64_t psums = outputs * sums.filter_slots * sums.channel_tiles;
  const std::int64_t beats = outputs * sums.psum_beats * sums.channel_tiles;
  cost.macs_performed = performed;
  cost.events.assign({issued - performed,                              // mac.gated
                      on_activations, filters * E_,                    // filter_spad.read, write
                      performed, delivered,                            // ifmap_spad.read, write
                      performed, performed, chain * psums,             // psum_spad.read, write, drain
                      delivered, chain * beats, beats,                 // ifmap_fifo, psum_fifo, output_fifo .push
                      chain * psums,                                   // psum_adder.add
                      filters * sums.strips, filters * E_,             // filter_bus.word, delivery
                      ifmap * r * sums.sent_rows * sums.filter_tiles,  // ifmap_bus.word
                      delivered,                                       // ifmap_bus.delivery
                      psums, psums,                                    // psum_in_bus.word, psum_out_bus.word
                      (chain - 1) * psums});                           // psum_link.word
}

void RowStationaryCosts::estimate_cycles(const RowStationaryMapping& map, const std::array<Parts, 4>& filters,
                                         MappingCost& cost) const {
  cost.cycles = cost.compute_cycles = cost.load_cycles = 0;
  std::int64_t psum_cycles = 0;
  std::int64_t ifmap_cycles = 0;
  const std::int64_t per_step = grid_.width(2) - grid_.width(1);
  const auto beats = [&](std::int64_t words) { return ceil_div(words, units_.ifmap_lanes); };
  for (const Parts& channels : parts_of(shape_.C, map.q * map.r)) {
    if (channels.count == 0) continue;
    const std::int64_t q = std::min(map.q, ceil_div(channels.size, map.r));
    for (const Parts& strip : parts_of(E_, std::min(map.e, E_))) {
      if (strip.count == 0) continue;
      const std::int64_t words = grid_.sent_rows(strip.size) * q * map.r;
      const std::int64_t first_window = beats(words * grid_.span());
      const std::int64_t ifmap = first_window + (F_ - 1) * beats(words * per_step);
      for (const Parts& batch : parts_of(shape_.N, std::min(map.n, shape_.N))) {
        for (const Parts& tile : filters) {
          const std::int64_t passes = shape_.G * channels.count * strip.count * batch.count * tile.count;
          if (passes == 0) continue;
          const std::int64_t load = map.t * grid_.R * map.r * ceil_div(tile.size * q * grid_.S, units_.filter_lanes);
          const std::int64_t compute = units_.tap_edges(tile.size) * q * grid_.S * F_ * batch.size;
          const std::int64_t psums = map.t * ceil_div(tile.size, units_.psum_lanes) * strip.size * F_ * batch.size;
          cost.load_cycles += passes * load;
          cost.compute_cycles += passes * compute;
          psum_cycles += passes * psums;
          ifmap_cycles += passes * ifmap * batch.size;
          cost.cycles += passes * (load + std::max({first_window + compute, psums, ifmap * batch.size}));
        }
      }
    }
  }
  cost.port_cycles = std::max(psum_cycles, ifmap_cycles);
  cost.filter_cycles = cost.load_cycles;
}

}  // namespace lacuna
