// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/config.hpp"

namespace lacuna {

void CartesianConfig::describe(FieldVisitor& v) {
  constexpr std::int64_t kMostPes = 128;
  constexpr std::int64_t kMostEntries = 65536;
  v.integer(FieldInfo("rows", "rows of PEs, which share out the rows of the plane", "PEs").range(1, kMostPes), rows);
  v.integer(FieldInfo("columns", "columns of PEs, which share out the columns of the plane", "PEs").range(1, kMostPes),
            columns);
  v.integer(FieldInfo("filter_lanes", "weights of a vector, F", "words").range(1, kMostCartesianLanes), filter_lanes);
  v.integer(FieldInfo("ifmap_lanes", "activations of a vector, I", "words").range(1, kMostCartesianLanes), ifmap_lanes);
  v.integer(FieldInfo("accumulator_banks", "banks of a PE's accumulators, a power of two", "banks")
                .range(1, kMostCartesianBanks),
            accumulator_banks);
  v.integer(FieldInfo("accumulator_entries", "sums that a PE holds, in all its banks", "sums").range(1, kMostEntries),
            accumulator_entries);
  v.text(FieldInfo("bank_model", "what products of one step in one bank do").one_of({"stall", "ideal"}), bank_model);
  v.text(FieldInfo("barrier", "after what PEs wait for one another").one_of({"group", "channel"}), barrier);
  v.boolean(FieldInfo("drain_overlap", "a group is drained while the next one is computed"), drain_overlap);
  v.boolean(FieldInfo("fillers_take_slots", "fillers of long zero runs take places in vectors"), fillers_take_slots);
  v.integer(FieldInfo("weight_fifo_entries", "weight vectors that a PE holds", "vectors").range(1, kMostEntries),
            weight_fifo_entries);
  v.integer(FieldInfo("run_bits", "width of a zero-run field in the PEs", "bits").range(1, 16), run_bits);
  v.boolean(FieldInfo("dense", "zeros take part: the dense twin"), dense);
  v.text(gate_on_field(), gate_on);
}

CartesianShape CartesianConfig::shape() const {
  CartesianShape shape;
  shape.rows = rows;
  shape.columns = columns;
  shape.filter_lanes = filter_lanes;
  shape.ifmap_lanes = ifmap_lanes;
  shape.banks = accumulator_banks;
  shape.fifo = weight_fifo_entries;
  shape.filler_words = std::int64_t{1} << run_bits;
  shape.bank_stall = bank_model == "stall";
  shape.channel_barrier = barrier == "channel";
  shape.drain_overlap = drain_overlap;
  shape.fillers_take_slots = fillers_take_slots;
  shape.dense = dense;
  return shape;
}

void CartesianMapping::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 65536;
  v.integer(FieldInfo("m", "ofmap channels whose psums are in the global buffer", "channels").range(1, kMost).must(),
            m);
  v.integer(FieldInfo("k", "ofmap channels of a group, whose sums are in the accumulators", "channels")
                .range(1, kMost)
                .must(),
            k);
  v.integer(FieldInfo("e", "ofmap rows of a tile", "rows").range(1, kMost).must(), e);
}

CartesianMapping cut_groups(const LayerShape& shape, const CartesianMapping& mapping) {
  CartesianMapping cut = cut_tiles(shape, mapping);
  cut.k = std::min(mapping.k, cut.m);
  return cut;
}

}  // namespace lacuna
