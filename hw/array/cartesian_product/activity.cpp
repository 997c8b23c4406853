// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/activity.hpp"

namespace lacuna {

std::vector<std::string> cartesian_events() {
  return {"mac.gated",    "iaram.read",    "wbcast.send", "wfifo.write",        "wfifo.read", "mult.idle",
          "mult.dropped", "coord.compute", "xbar.route",  "accumulator.update", "halo.send",  "ppu.op"};
}

ArrayActivity cartesian_activity(const CartesianShape& array, const std::vector<CartesianPeCounts>& pes,
                                 const CartesianEvents& events, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"lane", "bank", "barrier", "drain", "link", "weight"};
  CartesianMultiplier all;
  for (std::int64_t row = 0; row < array.rows * array.filter_lanes; ++row) {
    for (std::int64_t column = 0; column < array.columns * array.ifmap_lanes; ++column) {
      const std::int64_t index = row / array.filter_lanes * array.columns + column / array.ifmap_lanes;
      const std::int64_t lane = row % array.filter_lanes * array.ifmap_lanes + column % array.ifmap_lanes;
      const CartesianPeCounts& counts = pes[static_cast<std::size_t>(index)];
      const CartesianMultiplier& own = counts.multipliers[static_cast<std::size_t>(lane)];
      PeActivity pe;
      pe.row = row;
      pe.column = column;
      pe.performed = own.performed;
      pe.gated = own.gated;
      pe.filler_performed = own.dropped_performed;
      pe.filler_gated = own.dropped_gated;
      pe.busy = own.performed + own.gated;
      pe.idle = counts.idle;
      pe.stalls = {own.lane, counts.bank, counts.barrier, counts.drain, counts.link, counts.weight};
      activity.pes.push_back(std::move(pe));
      all.performed += own.performed;
      all.gated += own.gated;
      all.dropped_performed += own.dropped_performed;
      all.dropped_gated += own.dropped_gated;
      all.lane += own.lane;
    }
  }
  count_macs(activity, mac_events);
  const std::int64_t dropped = all.dropped_performed + all.dropped_gated;
  activity.counts["iaram.read"] = events.activation_vectors;
  activity.counts["wbcast.send"] = events.broadcasts;
  if (events.from_store) activity.counts["tile_store.read"] = events.broadcasts;
  activity.counts["wfifo.write"] = events.fifo_writes;
  activity.counts["wfifo.read"] = events.pairs;
  activity.counts["mult.idle"] = all.lane;
  activity.counts["mult.dropped"] = dropped;
  activity.counts["coord.compute"] = all.performed + all.gated;
  activity.counts["xbar.route"] = activity.counts["accumulator.update"] = all.performed - all.dropped_performed;
  activity.counts["halo.send"] = events.sums_sent;
  activity.counts["ppu.op"] = events.ofmap_words;
  activity.macs_skipped = events.macs_skipped;
  return activity;
}

}  // namespace lacuna
