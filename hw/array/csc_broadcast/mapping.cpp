// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/mapping.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

const CscBroadcastConfig& config_of(const MappingContext& context) {
  return static_cast<const CscBroadcastConfig&>(*context.array);
}

/// Columns whose pointers fit the two banks, which take turns.
std::int64_t most_columns(const CscBroadcastConfig& array) {
  const std::int64_t words_of_bank = array.pointer_bytes * 8 / array.pointer_bits / 2;
  return 2 * words_of_bank - 1;
}

std::string widths_of(const MappingContext& context) {
  return "weights of " + std::to_string(context.weight_bits) + " bits with zero runs of " +
         std::to_string(config_of(context).run_bits) + " bits";
}

}  // namespace

std::string no_matrix_vector_product(const LayerShape& shape) {
  if (shape.R == shape.padded_height() && shape.S == shape.padded_width()) return "";
  return "the array multiplies matrices by vectors: it takes layers whose filter covers the whole ifmap (FC layers), "
         "but "
         "the filter is " +
         std::to_string(shape.R) + " x " + std::to_string(shape.S) + " on an ifmap of " +
         std::to_string(shape.padded_height()) + " x " + std::to_string(shape.padded_width()) + ", padding included";
}

CscFormat csc_format_of(const MappingContext& context) {
  const CscBroadcastConfig& array = config_of(context);
  CscFormat format;
  format.pes = array.pe_count;
  format.code_bits = context.weight_bits;
  format.signed_codes = !context.coded_weights;
  format.run_bits = array.run_bits;
  format.pointer_bits = array.pointer_bits;
  format.row_bits = array.row_bits;
  format.spmat_bytes = array.spmat_bytes;
  return format;
}

CscBroadcastMapping cut_to(const LayerShape& shape, const CscBroadcastMapping& mapping) {
  CscBroadcastMapping cut = mapping;
  cut.m = std::min(mapping.m, shape.M / shape.G);
  cut.n = std::min(mapping.n, shape.N);
  cut.c = std::min(mapping.c, inputs_of(shape));
  return cut;
}

std::string broken_capacity(const MappingContext& context, const CscBroadcastMapping& mapping) {
  const CscBroadcastConfig& array = config_of(context);
  const std::string other_layer = no_matrix_vector_product(context.shape);
  if (!other_layer.empty()) return other_layer;
  if (!context.zero_code_is_zero) {
    return "stored weights of 0 are left out, but the codebook gives them another worth";
  }
  const CscBroadcastMapping map = cut_to(context.shape, mapping);
  const CscFormat format = csc_format_of(context);
  if (format.entry_bits() > array.row_bits) {
    return over_capacity("an entry of " + widths_of(context), format.entry_bits(), "bits", array.row_bits,
                         "/chip/array/row_bits");
  }
  if (map.m > array.psums()) {
    return over_capacity("psums of a tile", map.m, "words", array.psums(), "/chip/array/registers of all PEs");
  }
  if (map.c > most_columns(array)) {
    return over_capacity("inputs of a filter tile", map.c, "columns", std::max<std::int64_t>(most_columns(array), 0),
                         "/chip/array/pointer_bytes");
  }
  return broken_buffer(context, {map.n * inputs_of(context.shape), map.n * map.m, 0});
}

std::int64_t most_dense_inputs(const MappingContext& context, std::int64_t m) {
  const CscBroadcastConfig& array = config_of(context);
  const CscLimits limits = csc_limits(csc_format_of(context), Span<const std::int64_t>());
  const std::int64_t entries = std::min(limits.spmat_entries, limits.pointer_entries);
  return std::max<std::int64_t>(0, std::min(most_columns(array), entries / ceil_div(m, array.pe_count)));
}

std::string broken_dense_capacity(const MappingContext& context, const CscBroadcastMapping& mapping) {
  const std::string broken = broken_capacity(context, mapping);
  if (!broken.empty()) return broken;
  const CscBroadcastMapping map = cut_to(context.shape, mapping);
  if (map.c <= most_dense_inputs(context, map.m)) return "";
  const CscLimits limits = csc_limits(csc_format_of(context), Span<const std::int64_t>());
  return over_capacity(
      "entries of a filter tile without zeros in a PE", map.c * ceil_div(map.m, config_of(context).pe_count), "entries",
      std::min(limits.spmat_entries, limits.pointer_entries), std::string("/chip/array/") + limits.binding());
}

CscBroadcastMapping default_csc_broadcast_mapping(const MappingContext& context) {
  CscBroadcastMapping map;
  const std::string broken = broken_dense_capacity(context, map);
  if (!broken.empty()) {
    const std::string other_layer = no_matrix_vector_product(context.shape);
    fail_input(other_layer.empty() ? "no mapping fits: even with m = n = c = 1, " + broken : other_layer);
  }
  // From the largest even part on: an ofmap channel more only ever takes more of every memory.
  for (const std::int64_t m : even_parts(context.shape.M / context.shape.G)) {
    map.m = m;
    if (broken_dense_capacity(context, map).empty()) break;
  }
  map.c = std::min(inputs_of(context.shape), most_dense_inputs(context, map.m));
  for (const std::int64_t n : even_parts(context.shape.N)) {
    map.n = n;
    if (broken_dense_capacity(context, map).empty()) break;
  }
  return map;
}

std::vector<std::string> explain_csc_broadcast(const MappingContext& context, const CscBroadcastMapping& map) {
  const CscBroadcastConfig& array = config_of(context);
  const LayerShape& shape = context.shape;
  const std::int64_t batch = std::min(array.inputs_per_batch(), map.c);
  return {
      loop_line(0, shape.G, "group", shape.M / shape.G, "ofmap channels"),
      loop_line(1, ceil_div(shape.M / shape.G, map.m), "tile", map.m,
                "ofmap channels (m): their psums lie in the registers, channel i in PE i mod " +
                    std::to_string(array.pe_count)),
      loop_line(2, ceil_div(shape.N, map.n), "batch", map.n, "images (n): they share the weights in the PEs"),
      loop_line(3, ceil_div(inputs_of(shape), map.c), "tile", map.c, "inputs (c): their weights lie in the PEs"),
      loop_line(4, map.n, "image", 1, "vector"),
      loop_line(5, ceil_div(map.c, batch), "batch", batch,
                "inputs: those that are not zero go to all PEs, one a cycle"),
  };
}

}  // namespace lacuna
