// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/cost.hpp"

#include "hw/array/tiled_space.hpp"

namespace lacuna {

InnerProductCosts::InnerProductCosts(const MappingContext& context)
    : shape_(context.shape), stored_(context.filter_store_words > 0), array_(inner_product_shape(context)) {}

void InnerProductCosts::exact(const InnerProductMapping& map, MappingCost& cost) const {
  Sums sums;
  cost.cycles = cost.compute_cycles = cost.port_cycles = cost.filter_cycles = cost.load_cycles = 0;
  cost.buffer_ifmap_reads = cost.buffer_psum_reads = cost.buffer_filter_reads = 0;
  for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
    for (const Parts& n : parts_of(shape_.N, map.n)) {
      for (const Parts& e : parts_of(shape_.E(), map.e)) {
        for (const Parts& c : parts_of(shape_.C, map.c)) {
          const std::int64_t count = shape_.G * m.count * n.count * e.count * c.count;
          if (count == 0) continue;
          add_boxes({m.size, n.size, e.size * shape_.F(), c.size * shape_.R * shape_.S}, count, cost, sums);
        }
      }
    }
  }
  cost.active_pes = covered_pes(map);
  cost.macs_performed = shape_.macs();
  cost.events.assign({0,                        // mac.gated
                      cost.buffer_ifmap_reads,  // activation_register.write
                      sums.weights,             // weight_register.write
                      sums.sums,                // adder_tree.op
                      sums.sums});              // accumulator.write
  count_box_dram(shape_, map, cost);
  if (!stored_) return;
  cost.filter_cycles = 0;                             // once decoded, a tile is in no one's way
  cost.buffer_filter_reads = cost.dram_filter_words;  // decoded as often as it is fetched
}

void InnerProductCosts::add_boxes(const InnerProductBox& box, std::int64_t count, MappingCost& cost, Sums& sums) const {
  const InnerProductDeal deal(array_, shape_, box);
  const std::int64_t pixels = box.images * box.plane;
  const std::int64_t turns = deal.staggered ? ceil_div(deal.issues(), array_.windows) : deal.issues();
  cost.cycles += count * deal.edges();
  cost.compute_cycles += count * turns * deal.cycles;
  cost.port_cycles += count * deal.issues();
  cost.filter_cycles += count * (deal.last_issue() + 1);
  cost.buffer_ifmap_reads += count * deal.folds * pixels * box.taps;
  cost.buffer_psum_reads += count * box.filters * pixels;
  cost.buffer_filter_reads += count * deal.weights_read();
  sums.weights += count * deal.weights_registered(array_);
  sums.sums += count * deal.sums();
}

std::int64_t InnerProductCosts::covered_pes(const InnerProductMapping& map) const {
  return InnerProductDeal(array_, shape_, {map.m, map.n, map.e * shape_.F(), map.c * shape_.R * shape_.S}).pes();
}

/// All that more m tiles can only add to is least with one.
void InnerProductCosts::at_least(InnerProductMapping map, std::int64_t most_channels, MappingCost& cost) const {
  map.m = shape_.M / shape_.G;
  exact(map, cost);
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(map.m, most_channels));
  if (!stored_) cost.filter_cycles = cost.port_cycles;  // every pass has edges after its last step begins
  map.m = 1;
  cost.active_pes = covered_pes(map);
}

}  // namespace lacuna
