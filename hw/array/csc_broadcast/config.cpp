// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/config.hpp"

#include <algorithm>

namespace lacuna {

namespace {

constexpr std::int64_t kMostPes = 1024;
constexpr std::int64_t kMostWords = 65536;
constexpr std::int64_t kMostBytes = 1 << 24;
constexpr std::int64_t kMostCycles = 16;

}  // namespace

void CscBroadcastConfig::describe(FieldVisitor& v) {
  v.integer(FieldInfo("pes", "PEs; row i of the matrix is in PE i mod this", "PEs").range(1, kMostPes), pe_count);
  v.integer(FieldInfo("queue_depth", "activations in the queue of a PE, the one in service included", "entries")
                .range(1, kMostWords),
            queue_depth);
  v.boolean(
      FieldInfo("row_scan_bubble",
                "the non-zero detection loses a cycle on each row of activations whose last lane has no non-zero"),
      row_scan_bubble);
  v.integer(FieldInfo("batch_inputs", "most inputs of a batch", "words").range(1, kMostWords), batch_inputs);
  v.integer(FieldInfo("registers", "activations in each of the two register files of a PE", "words").range(1, 4096),
            registers);
  v.integer(FieldInfo("spmat_bytes", "memory of a PE for entries of the matrix", "byte").range(8, kMostBytes),
            spmat_bytes);
  v.integer(FieldInfo("pointer_bytes", "memory of a PE for pointers, both banks", "byte").range(8, kMostBytes),
            pointer_bytes);
  v.integer(FieldInfo("pointer_bits", "width of a pointer to the begin of a column", "bit").range(1, 32), pointer_bits);
  v.integer(FieldInfo("run_bits", "width of the zero run of an entry", "bit").range(1, 16), run_bits);
  v.integer(FieldInfo("row_bits", "what one read of the matrix memory gives: whole entries", "bit").range(2, 64),
            row_bits);
  v.integer(FieldInfo("read_cycles", "from a queue to the entry: pointers, matrix", "cycles").range(1, kMostCycles),
            read_cycles);
  v.integer(FieldInfo("arithmetic_cycles", "from the entry to its psum", "cycles").range(1, kMostCycles),
            arithmetic_cycles);
}

std::int64_t CscBroadcastConfig::inputs_per_batch() const { return std::min(batch_inputs, psums()); }

void CscBroadcastMapping::describe(FieldVisitor& v) {
  v.integer(FieldInfo("m", "ofmap channels of a tile", "channels").range(1, kMostWords).must(), m);
  v.integer(FieldInfo("n", "images that share the weights in the PEs; cut to the images that are left", "images")
                .range(1, kMostWords)
                .must(),
            n);
  v.integer(FieldInfo("c", "inputs of a filter tile, in C R S order", "inputs").range(1, kMostWords).must(), c);
}

}  // namespace lacuna
