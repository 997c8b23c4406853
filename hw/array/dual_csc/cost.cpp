// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/cost.hpp"

#include <algorithm>

#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

/// Where the events stand in the order of dual_csc_events().
enum Event : std::size_t {
  kIactBank,
  kIactAddressWrite,
  kIactAddressRead,
  kIactWrite,
  kIactRead,
  kWeightAddressWrite,
  kWeightAddressRead,
  kWeightWrite,
  kWeightRead,
  kPsumWrite,
  kPsumRead,
  kGated,
  kIdle
};

}  // namespace

DualCscCosts::DualCscCosts(const MappingContext& context)
    : shape_(context.shape), array_(static_cast<const DualCscConfig&>(*context.array).shape()) {}

MappingCost DualCscCosts::nothing() const {
  MappingCost cost;
  cost.events.assign(dual_csc_events().size(), 0);
  return cost;
}

MappingCost DualCscCosts::of(const DualCscMapping& map) const {
  MappingCost cost = nothing();
  for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
    if (m.count > 0) add_filters(map, {m.size, 0, shape_.G * m.count}, cost);
  }
  cost.active_pes = array_.busy_pes(map.m) * array_.macs;
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(shape_.M / shape_.G, map.m));
  cost.dram_ofmap_words = shape_.N * shape_.ofmap_words();
  cost.macs_performed = shape_.macs();
  cost.events[kPsumWrite] = cost.events[kPsumRead] = cost.macs_performed + cost.buffer_psum_reads;
  return cost;
}

/// All tiles of so many ofmap channels.
void DualCscCosts::add_filters(const DualCscMapping& map, Boxes tiles, MappingCost& cost) const {
  const std::int64_t m_tiles = tiles.count;
  const std::int64_t taps = shape_.C * shape_.R * shape_.S;
  tiles.filters_stay = tiles.filters <= map.k * array_.pes && map.c >= shape_.C && map.t >= taps;
  const std::int64_t fetches = tiles.filters_stay ? 1 : ceil_div(shape_.N, map.n) * ceil_div(shape_.E(), map.e);
  cost.dram_filter_words += m_tiles * tiles.filters * taps * fetches;
  for (const Parts& n : parts_of(shape_.N, map.n)) {
    for (const Parts& e : parts_of(shape_.E(), map.e)) {
      tiles.windows = n.size * e.size * shape_.F();
      tiles.count = m_tiles * n.count * e.count;
      if (tiles.count > 0) add_boxes(map, tiles, cost);
    }
  }
  if (tiles.filters_stay) count_loads({tiles.filters, taps, 0, 0, m_tiles}, cost);
}

void DualCscCosts::add_boxes(const DualCscMapping& map, const Boxes& boxes, MappingCost& cost) const {
  for (const Parts& c : parts_of(shape_.C, map.c)) {
    for (const Parts& fold : parts_of(boxes.filters, map.k * array_.pes)) {
      for (const Parts& t : parts_of(c.size * shape_.R * shape_.S, map.t)) {
        const std::int64_t count = boxes.count * c.count * fold.count * t.count;
        if (count > 0) add({fold.size, t.size, boxes.windows, count, boxes.filters_stay ? 0 : count}, cost);
      }
    }
  }
}

void DualCscCosts::add(const Passes& passes, MappingCost& cost) const {
  const std::int64_t most_rows = ceil_div(passes.filters, array_.pes);
  const std::int64_t with_most =
      passes.filters - (most_rows - 1) * array_.pes;  // PEs; the other busy ones have one less
  const std::int64_t busy = array_.busy_pes(passes.filters);
  const std::int64_t exchange = ceil_div(most_rows, array_.psums_per_edge);
  const std::int64_t fill = std::max(ceil_div(passes.taps, array_.iacts_per_edge), exchange);
  const std::int64_t work = passes.taps * ceil_div(most_rows, array_.macs);
  const std::int64_t windows = passes.count * passes.windows;
  const std::int64_t period = array_.windows > 1 ? std::max(work, fill) : work + fill;
  cost.cycles += passes.count * (fill + (passes.windows - 1) * period + work + exchange);
  cost.compute_cycles += windows * work;
  cost.port_cycles += windows * fill;
  cost.buffer_psum_reads += windows * passes.filters;
  const auto of_column = [&](std::int64_t per) {  // in all PEs
    return with_most * ceil_div(most_rows, per) + (busy - with_most) * ceil_div(most_rows - 1, per);
  };
  const std::int64_t iacts = windows * passes.taps;
  cost.events[kIactBank] += iacts;
  cost.events[kIactWrite] += iacts * busy;
  cost.events[kIactRead] += iacts * busy;
  const std::int64_t addresses = windows * busy * array_.iact_addresses(passes.taps);
  cost.events[kIactAddressWrite] += addresses;
  cost.events[kIactAddressRead] += addresses;
  cost.events[kWeightAddressRead] += 2 * iacts * busy;
  cost.events[kWeightRead] += iacts * of_column(kWeightsPerWord);
  cost.events[kIdle] += iacts * (array_.macs * of_column(array_.macs) - passes.filters);
  count_loads(passes, cost);
}

void DualCscCosts::count_loads(const Passes& passes, MappingCost& cost) const {
  const std::int64_t most_rows = ceil_div(passes.filters, array_.pes);
  const std::int64_t with_most = passes.filters - (most_rows - 1) * array_.pes;
  const std::int64_t busy = array_.busy_pes(passes.filters);
  const std::int64_t most_words = passes.taps * ceil_div(most_rows, kWeightsPerWord);
  const std::int64_t fewer_words = passes.taps * ceil_div(most_rows - 1, kWeightsPerWord);
  const std::int64_t edges = busy * ceil_div(passes.taps + 1, array_.addresses_per_edge) +
                             with_most * ceil_div(most_words, array_.words_per_edge) +
                             (busy - with_most) * ceil_div(fewer_words, array_.words_per_edge);
  cost.cycles += passes.loads * edges;
  cost.load_cycles += passes.loads * edges;
  cost.filter_cycles += passes.loads * edges;
  cost.events[kWeightAddressWrite] += passes.loads * busy * (passes.taps + 1);
  cost.events[kWeightWrite] += passes.loads * (with_most * most_words + (busy - with_most) * fewer_words);
}

}  // namespace lacuna
