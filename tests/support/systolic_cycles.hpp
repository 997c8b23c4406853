// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/base/layer_shape.hpp"

namespace lacuna::test {

/// Stall-free cycles of a layer on a systolic array of R x C PEs that does not overlap folds, in closed form: folds
/// times cycles of a fold, per group (Samajdar et al., ISPASS 2020). Its own arithmetic, apart from the machine's.
inline std::int64_t closed_form_cycles(const LayerShape& shape, const std::string& dataflow, std::int64_t R,
                                       std::int64_t C) {
  const std::int64_t P = shape.N * shape.E() * shape.F();
  const std::int64_t K = shape.C * shape.R * shape.S;
  const std::int64_t M = shape.M / shape.G;
  if (dataflow == "output_stationary") return shape.G * ceil_div(P, R) * ceil_div(M, C) * (K + R + C - 2);
  if (dataflow == "weight_stationary") return shape.G * ceil_div(K, R) * ceil_div(M, C) * (P + 2 * R + C - 2);
  return shape.G * ceil_div(K, R) * ceil_div(P, C) * (M + 2 * R + C - 2);
}

}  // namespace lacuna::test
