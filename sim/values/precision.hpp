// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// How a kind of tensor is stored: a registered number format and its widths.
struct StoredFormat {
  std::string format = "fixed_point";
  std::int64_t bits = 16;        ///< of a stored word
  std::int64_t value_bits = 16;  ///< of a codebook entry; only where the format has a codebook
};

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

/// What one layer does otherwise than the rest: how its weights and its ofmap ("input": the network's input) are
/// stored.
struct LayerException {
  std::string place;  ///< "ORIGIN: POINTER" for messages
  std::optional<StoredFormat> weights;
  std::optional<StoredFormat> activations;
};

/// A precision section, as in configs/precision/NAME.json: for any network that it has ranges for.
struct Precision {
  std::string name;
  std::string description;
  std::string source;
  std::string place;  ///< "ORIGIN: POINTER" for messages
  StoredFormat weights;
  StoredFormat activations;
  std::map<std::string, LayerException> layers;
  std::map<std::string, Ranges> ranges;  ///< by network name
};

/// Reads a precision section. Refuses unknown keys and formats and widths that a format does not have.
Precision load_precision(const JsonView& view);

/// The "ranges" entry of one network as JSON text, in the layout of the shipped files; keys in the order of `names`.
std::string ranges_text(const Ranges& ranges, const std::vector<std::string>& names);

}  // namespace lacuna
