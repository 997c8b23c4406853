// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

/// A layer of Table V and its row-stationary mapping (JSSC 2017, Table III).
struct EyerissLayer {
  const char* name;
  LayerShape shape;
  std::int64_t e, p, q, r, t;
  std::int64_t ifmap_zeros_per_10000;  ///< of the padded ifmap
  double total_ms;
  double power_mw;
};

/// CONV3 with the mapping q 3, r 2, t 2, under which its buffer traffic is the published one.
inline std::vector<EyerissLayer> table_v() {
  //            N  M    C    G  H    W    R   S   U  P     e   p   q  r  t
  return {{"CONV1", {4, 96, 3, 1, 227, 227, 11, 11, 4, 0}, 7, 16, 1, 1, 2, 1, 20.9, 332},
          {"CONV2", {4, 256, 48, 2, 27, 27, 5, 5, 1, 2}, 27, 16, 2, 1, 1, 3870, 41.9, 288},
          {"CONV3", {4, 384, 256, 1, 13, 13, 3, 3, 1, 1}, 13, 16, 3, 2, 2, 7250, 23.6, 266},
          {"CONV4", {4, 384, 192, 2, 13, 13, 3, 3, 1, 1}, 13, 16, 3, 2, 2, 7930, 18.4, 235},
          {"CONV5", {4, 256, 192, 2, 13, 13, 3, 3, 1, 1}, 13, 16, 3, 2, 2, 7760, 10.5, 236}};
}

/// The counts of a layer that the fitted prices look at, in closed form (full strips, zeros spread evenly).
inline std::map<std::string, std::int64_t> closed_form_counts(const EyerissLayer& layer) {
  const LayerShape& s = layer.shape;
  const std::int64_t channel_passes = ceil_div(s.C, layer.q * layer.r);
  const std::int64_t psums = s.N * s.M * s.E() * s.F() * channel_passes;
  const std::int64_t ifmap = s.N * ceil_div(s.M, layer.p * layer.t) * ceil_div(s.E(), layer.e) * channel_passes *
                             layer.q * layer.r * ((layer.e - 1) * s.U + s.R) * s.padded_width();
  const std::int64_t gated = s.macs() / 10000 * layer.ifmap_zeros_per_10000;
  const std::int64_t performed = s.macs() - gated;
  return {{"mac.op", performed},
          {"mac.gated", gated},
          {"filter_spad.read", performed},
          {"ifmap_spad.read", performed},
          {"psum_spad.read", performed},
          {"psum_spad.write", performed},
          {"ifmap_bus.word", ifmap},
          {"global_buffer.ifmap_read", ifmap},
          {"psum_in_bus.word", psums},
          {"global_buffer.psum_read", psums},
          {"psum_out_bus.word", psums},
          {"global_buffer.psum_write", psums},
          {"psum_link.word", psums * (s.R * layer.r - 1)}};
}

}  // namespace lacuna
