// SPDX-License-Identifier: Apache-2.0
#include "workloads/network/ranges.hpp"

namespace lacuna {
namespace {

/// Far more than any tensor needs; keeps shifts and powers of two in range.
constexpr std::int64_t kMostIntegerBits = 32;

LayerRange load_range(const JsonView& view) {
  view.allow_keys({"weight_integer_bits", "psum_integer_bits", "activation_integer_bits"});
  const auto bits = [&view](const char* key) { return view.at(key).integer(-kMostIntegerBits, kMostIntegerBits); };
  LayerRange range;
  range.activation_integer_bits = bits("activation_integer_bits");
  if (view.has("weight_integer_bits") || view.has("psum_integer_bits")) {
    range.weight_integer_bits = bits("weight_integer_bits");
    range.psum_integer_bits = bits("psum_integer_bits");
  }
  return range;
}

}  // namespace

Ranges load_ranges(const JsonView& view) {
  Ranges ranges;
  for (const std::string& layer : view.keys()) ranges[layer] = load_range(view.at(layer));
  return ranges;
}

}  // namespace lacuna
