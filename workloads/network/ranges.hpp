// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Integer bits, sign included, of the tensors of one layer. They hold for every width: fraction bits are what is left.
struct LayerRange {
  std::optional<std::int64_t> weight_integer_bits;  ///< conv and fc
  std::optional<std::int64_t> psum_integer_bits;    ///< conv and fc; without the bias
  std::int64_t activation_integer_bits = 1;         ///< of the ofmap, after a ReLU that follows directly

  bool operator==(const LayerRange& o) const {
    return weight_integer_bits == o.weight_integer_bits && psum_integer_bits == o.psum_integer_bits &&
           activation_integer_bits == o.activation_integer_bits;
  }
};

/// The ranges of a network by layer name; "input" is the network's input. Layers that keep the format of what they read
/// (relu and pooling) and softmax, whose range is known, have none.
using Ranges = std::map<std::string, LayerRange>;

/// Reads the ranges of one network. Refuses unknown keys, and bits that no tensor needs.
Ranges load_ranges(const JsonView& view);

}  // namespace lacuna
