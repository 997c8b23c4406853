// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/mapping.hpp"

#include <algorithm>

#include "hw/array/tiled_loops.hpp"

namespace lacuna {

namespace {

const DualCscConfig& config_of(const MappingContext& context) {
  return static_cast<const DualCscConfig&>(*context.array);
}

/// "" when the PEs hold what does not depend on the weights.
std::string broken_scratchpads(const DualCscConfig& array, const DualCscMapping& map) {
  if (map.k > array.psum_entries) {
    return over_capacity("k: ofmap channels of a PE in a pass", map.k, "psums", array.psum_entries,
                         "/chip/array/psum_entries");
  }
  const struct {
    std::int64_t most;
    const char* field;
  } limits[] = {
      {array.weight_address_entries - 1, "weight_address_entries, the end apart,"},
      {array.iact_entries, "iact_entries"},
      {(std::int64_t{1} << array.iact_address_bits) - 1, "iact_address_bits"},
      {(array.iact_address_entries - 1) << array.run_bits,
       "iact_address_entries, with columns that run_bits reach over,"},
  };
  for (const auto& limit : limits) {
    if (map.t <= limit.most) continue;
    return over_capacity("t: taps of a pass", map.t, "taps", limit.most, std::string("/chip/array/") + limit.field);
  }
  return "";
}

}  // namespace

DualCscMapping cut_to(const MappingContext& context, const DualCscMapping& mapping) {
  DualCscMapping cut = cut_tiles(context.shape, mapping);
  cut.k = std::min(mapping.k, ceil_div(cut.m, config_of(context).pe_count));
  cut.t = std::min(mapping.t, cut.c * context.shape.R * context.shape.S);
  return cut;
}

std::string broken_capacity(const MappingContext& context, const DualCscMapping& mapping) {
  const DualCscConfig& array = config_of(context);
  if (!context.zero_code_is_zero) {
    return "stored weights of 0 are left out, but the codebook gives them another worth";
  }
  const DualCscMapping map = cut_to(context, mapping);
  const std::string scratchpads = broken_scratchpads(array, map);
  if (!scratchpads.empty()) return scratchpads;
  return broken_buffer(context, feature_tile_words(context.shape, map));
}

std::int64_t most_dense_taps(const MappingContext& context, std::int64_t k) {
  const DualCscConfig& array = config_of(context);
  return std::min(array.most_taps(), array.most_words() / ceil_div(k, kWeightsPerWord));
}

std::string broken_dense_capacity(const MappingContext& context, const DualCscMapping& mapping) {
  const std::string broken = broken_capacity(context, mapping);
  if (!broken.empty()) return broken;
  const DualCscConfig& array = config_of(context);
  const DualCscMapping map = cut_to(context, mapping);
  const std::int64_t words = map.t * ceil_div(map.k, kWeightsPerWord);
  if (words <= array.most_words()) return "";
  return over_capacity(
      "weight words of a PE without zeros", words, "words", array.most_words(),
      array.most_words() == array.weight_words ? "/chip/array/weight_words" : "/chip/array/weight_address_bits");
}

std::int64_t most_channels(const MappingContext& context, const DualCscMapping& mapping) {
  const DualCscMapping map = cut_to(context, mapping);
  const std::int64_t by_psums = std::max<std::int64_t>(most_channels_by_psums(context, map), 0);
  return std::min(by_psums, context.shape.M / context.shape.G);
}

std::vector<std::string> explain_dual_csc(const MappingContext& context, const DualCscMapping& map) {
  const DualCscConfig& array = config_of(context);
  const LayerShape& shape = context.shape;
  const std::int64_t taps = map.c * shape.R * shape.S;
  const std::int64_t fold = std::min(map.m, map.k * array.pe_count);
  std::vector<std::string> lines = tile_loop_lines(shape, map);
  lines.insert(lines.end(),
               {
                   loop_line(5, ceil_div(map.m, fold), "fold", fold,
                             "ofmap channels, channel i in PE i mod " + std::to_string(array.pe_count) + ", " +
                                 std::to_string(map.k) + " each (k)"),
                   loop_line(6, ceil_div(taps, map.t), "pass", map.t, "taps (t): their weights lie in the PEs"),
                   loop_line(7, map.n * map.e * shape.F(), "window", map.t, "activations, of which zeros are left out"),
               });
  return lines;
}

}  // namespace lacuna
