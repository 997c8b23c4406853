// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/cost.hpp"

#include <algorithm>

#include "hw/array/csc_broadcast/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

CscBroadcastCosts::CscBroadcastCosts(const MappingContext& context)
    : shape_(context.shape),
      array_(static_cast<const CscBroadcastConfig&>(*context.array)),
      entries_per_row_(csc_format_of(context).entries_per_row()),
      inputs_(inputs_of(context.shape)) {}

MappingCost CscBroadcastCosts::of(const CscBroadcastMapping& map) const {
  MappingCost cost;
  Sums sums;
  for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
    if (m.count > 0) add_tiles(m.size, shape_.G * m.count, map, cost, sums);
  }
  count_dram(map, cost);
  cost.active_pes = std::min(array_.pe_count, map.m);
  cost.buffer_psum_reads = shape_.M * psum_moves(map);
  cost.buffer_ifmap_reads = sums.broadcasts;
  cost.macs_performed = shape_.macs();
  // In the order of csc_broadcast_events().
  cost.events = {sums.broadcasts,                               // lnzd.select
                 sums.broadcasts,                               // activation_bus.word
                 array_.pe_count * sums.broadcasts,             // activation_queue.push
                 2 * array_.pe_count * sums.broadcasts,         // pointer.read
                 sums.pointer_writes,                           // pointer.write
                 sums.row_reads,                                // spmat.read
                 sums.row_writes,                               // spmat.write
                 0,                                             // mac.gated
                 cost.macs_performed + cost.buffer_psum_reads,  // psum_register.read
                 cost.macs_performed + cost.buffer_psum_reads,  // psum_register.write
                 sums.bypasses,                                 // psum_bypass.word
                 sums.broadcasts,                               // activation_register.read
                 sums.broadcasts};                              // activation_register.write
  return cost;
}

/// All tiles of m ofmap channels, `tiles` of them.
void CscBroadcastCosts::add_tiles(std::int64_t m, std::int64_t tiles, const CscBroadcastMapping& map, MappingCost& cost,
                                  Sums& sums) const {
  const std::int64_t fills = map.c >= inputs_ ? 1 : ceil_div(shape_.N, map.n);
  const Rows classes[] = {{m % array_.pe_count, m / array_.pe_count + 1},
                          {array_.pe_count - m % array_.pe_count, m / array_.pe_count}};
  for (const Parts& c : parts_of(inputs_, map.c)) {
    const std::int64_t count = tiles * c.count;
    if (count == 0) continue;
    add_batches(m, c.size, count * shape_.N, cost, sums);
    sums.pointer_writes += count * fills * array_.pe_count * (c.size + 1);
    for (const Rows& pes : classes) {
      const std::int64_t rows = ceil_div(c.size * pes.rows, entries_per_row_);
      sums.row_writes += count * fills * pes.pes * rows;
      // The row read last stays in the buffer: a single one is read once.
      sums.row_reads += count * pes.pes * (rows == 1 ? fills : shape_.N * rows);
    }
  }
}

/// `count` vectors of `inputs` inputs that meet m ofmap channels.
void CscBroadcastCosts::add_batches(std::int64_t m, std::int64_t inputs, std::int64_t count, MappingCost& cost,
                                    Sums& sums) const {
  const std::int64_t most_rows = ceil_div(m, array_.pe_count);
  const std::int64_t with_most = m - (most_rows - 1) * array_.pe_count;
  for (const Parts& batch : parts_of(inputs, std::min(inputs, array_.inputs_per_batch()))) {
    const std::int64_t passes = count * batch.count;
    // With a queue of one, the next activation comes when the slowest PE is done; else the slowest never waits.
    const std::int64_t busy = array_.queue_depth == 1 ? batch.size * (1 + most_rows) : 1 + batch.size * most_rows;
    cost.cycles += passes * (busy + array_.latency());
    cost.compute_cycles += passes * batch.size * most_rows;
    cost.filter_cycles += passes * (busy + array_.read_cycles);
    sums.broadcasts += passes * batch.size;
    sums.bypasses += passes * (with_most * bypasses_of_pe(most_rows, most_rows, batch.size) +
                               (array_.pe_count - with_most) * bypasses_of_pe(most_rows - 1, most_rows, batch.size));
  }
}

/// Neighbouring columns meet on one psum where a PE has a single row, and if it serves them in adjacent cycles: always
/// if no PE has more; else as long as queues fill, because then every second cycle brings an activation.
std::int64_t CscBroadcastCosts::bypasses_of_pe(std::int64_t rows, std::int64_t most_rows, std::int64_t inputs) const {
  if (rows != 1 || array_.queue_depth == 1 || most_rows > 2) return 0;
  return most_rows == 1 ? inputs - 1 : std::max<std::int64_t>(0, std::min(inputs - 1, 2 * array_.queue_depth - 3));
}

/// How often the psums of all images move from the global buffer into the registers: once, or once per filter tile
/// where images take turns.
std::int64_t CscBroadcastCosts::psum_moves(const CscBroadcastMapping& map) const {
  const std::int64_t filter_tiles = ceil_div(inputs_, map.c);
  std::int64_t moves = 0;
  for (const Parts& n : parts_of(shape_.N, map.n)) moves += n.count * n.size * (n.size == 1 ? 1 : filter_tiles);
  return moves;
}

void CscBroadcastCosts::count_dram(const CscBroadcastMapping& map, MappingCost& cost) const {
  const std::int64_t image_batches = ceil_div(shape_.N, map.n);
  const std::int64_t m_tiles = ceil_div(shape_.M / shape_.G, map.m);
  cost.dram_filter_words = shape_.filter_words() * (map.c >= inputs_ ? 1 : image_batches);
  cost.dram_ifmap_words = shape_.N * shape_.G * inputs_ * (image_batches == 1 ? 1 : m_tiles);
  cost.dram_ofmap_words = shape_.N * shape_.M;
}

}  // namespace lacuna
