// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

std::string filled(const std::string& what, std::int64_t words, std::int64_t of) {
  return what + " = " + std::to_string(words) + " of " + std::to_string(of);
}

/// What the MACs of a PE do that are no whole MAC an edge.
std::string pace(const MacRate& mac) {
  if (mac == MacRate()) return "";
  return ", " + std::to_string(mac.macs) + " at once in " + std::to_string(mac.cycles) +
         (mac.cycles == 1 ? " cycle" : " cycles");
}

}  // namespace

std::vector<std::string> explain_row_stationary(const MappingContext& context, const RowStationaryMapping& map) {
  const LayerShape& shape = context.shape;
  const auto& array = static_cast<const RowStationaryConfig&>(*context.array);
  const RowStationaryGrid grid = grid_of(shape, map);
  const std::int64_t filters = shape.M / shape.G;
  const std::int64_t m = std::min(map.m, filters);
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const std::string pes = text(grid.t) + " x " + text(grid.r) + " x " + text(grid.R) + " x " + text(grid.e) + " = " +
                          text(grid.pes()) + " of " + text(array.pes()) + " PEs";
  return {
      loop_line(0, shape.G, "group", filters, "ofmap channels"),
      loop_line(1, ceil_div(filters, m), "tile", m, "ofmap channels (m): their psums lie in the global buffer"),
      loop_line(2, ceil_div(shape.N, map.n), "batch", std::min(map.n, shape.N), "images (n)"),
      loop_line(3, ceil_div(shape.E(), grid.e), "strip", grid.e, "ofmap rows (e)"),
      loop_line(4, ceil_div(shape.C, map.q * map.r), "tile", std::min(map.q * map.r, shape.C),
                "channels (q r): their ifmap rows lie in the global buffer"),
      loop_line(5, ceil_div(m, map.p * map.t), "pass", std::min(map.p * map.t, m), "filters (p t)"),
      "            at once: sets of filters (t) x sets of channels (r) x filter rows (R) x ofmap rows (e): " + pes,
      "              in a PE: images, ofmap columns (" + text(shape.F()) + "), filter columns (" + text(shape.S) +
          "), channels (q " + text(map.q) + "), filters (p " + text(map.p) + ")" + pace(context.mac_rate),
      "a PE holds " + filled("filter words p q S", map.p * map.q * shape.S, array.filter_spad_words) + ", " +
          filled(shape.D == 1 ? "ifmap words q S" : "ifmap words q (D (S - 1) + 1)", map.q * shape.span_width(),
                 array.ifmap_spad_words) +
          ", " + filled("psums p", map.p, array.psum_spad_words),
  };
}

}  // namespace lacuna
