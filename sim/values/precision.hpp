// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"
#include "workloads/network/ranges.hpp"

namespace lacuna {

/// How a kind of tensor is stored: a registered number format and its widths.
struct StoredFormat {
  std::string format = "fixed_point";
  std::int64_t bits = 16;        ///< of a stored word
  std::int64_t value_bits = 16;  ///< of a codebook entry; only where the format has a codebook

  bool operator==(const StoredFormat& o) const {
    return format == o.format && bits == o.bits && value_bits == o.value_bits;
  }
};

/// What one layer does otherwise than the rest: how its weights and its ofmap ("input": the network's input) are
/// stored. Of any network's layers some have names of their own (sim/values/layer_names.hpp).
struct LayerException {
  std::string place;  ///< "ORIGIN: POINTER" for messages
  std::optional<StoredFormat> weights;
  std::optional<StoredFormat> activations;
};

/// A precision section, as in configs/precision/NAME.json: for any network that it, or the network file, has ranges
/// for.
struct Precision {
  std::string name;
  std::string description;
  std::string source;
  std::string place;       ///< "ORIGIN: POINTER" for messages
  std::string mac;         ///< registered name of the MAC that its words are meant for; "" where it says none
  std::string exempt_mac;  ///< of the one for layers that are exempt, "" where there are none
  StoredFormat weights;
  StoredFormat activations;
  std::map<std::string, LayerException> layers;
  std::map<std::string, Ranges> ranges;  ///< by network name; they go before those of the network

  /// How the weights of a layer, or what it writes ("input": the network's input), are stored.
  StoredFormat weights_of(const std::string& layer) const;
  StoredFormat activations_of(const std::string& layer) const;

  /// Whether any of its formats is for networks that were trained in it (NumberFormat::needs_training).
  bool needs_training() const;
  /// What is in fixed point or float where the rest is in neither, in alphabetical order: "conv1, fc8; maps fc7,
  /// input", the layers whose weights are and those that write such maps; "" for nothing.
  std::string exempt() const;
};

/// Reads a precision section. Refuses unknown keys and formats and widths that a format does not have.
Precision load_precision(const JsonView& view);

/// The "ranges" entry of one network as JSON text, in the layout of the shipped files; keys in the order of `names`.
std::string ranges_text(const Ranges& ranges, const std::vector<std::string>& names);

}  // namespace lacuna
