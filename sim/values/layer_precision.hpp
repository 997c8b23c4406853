// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/base/post_arithmetic.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "sim/values/activation_format.hpp"
#include "sim/values/precision.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {

/// Everything about the numbers of one layer, as integers. From weights on: conv and fc only.
struct LayerPrecision {
  ActivationFormat ifmap;
  std::vector<ActivationFormat> ifmaps;  ///< of each map that it reads: of add and concat they may differ
  ActivationFormat ofmap;
  std::string weight_format;  ///< registered name
  NumberParameters weights;
  std::int64_t weight_bits = 16;  ///< of a stored weight
  std::int64_t weight_fraction_bits = 0;
  bool exempt = false;    ///< the layer runs on the second datapath
  Arithmetic arithmetic;  ///< the MAC's, with the layer's product shift
  std::int64_t psum_fraction_bits = 0;
  PostArithmetic post;  ///< from psum to ofmap, with the ReLU where one follows directly; scales are with the weights

  /// `post` with the scales of the layer's weights and ifmap. Throws Error (bad_input), naming `layer`, where one is
  /// too large for the words that hold them.
  PostArithmetic post_with(const std::vector<double>& weight_scales, const std::string& layer) const;
};

/// The precision of every layer of a network.
struct NetworkPrecision {
  ActivationFormat input;
  std::map<std::string, LayerPrecision> layers;
};

/// The MAC datapaths that a network runs on: that of most layers, and the one of those whose words it does not take.
struct MacDatapaths {
  MacDatapaths(const MacDatapath& main, const MacDatapath* exempt = nullptr)  // NOLINT(google-explicit-constructor)
      : main(main), exempt(exempt) {}

  const MacDatapath& main;
  const MacDatapath* exempt;
};

/// Brings together a precision, a network and its MACs. `accumulator` gives accumulator bits and overflow rule; the
/// product shift is each layer's own: as many bits of exact product fraction as a psum of accumulator_bits with the
/// layer's psum integer bits does not hold, max(0, ifmap + weight fraction bits - (accumulator_bits -
/// psum_integer_bits)). Throws Error (bad_input): a layer name that the network does not have, a network or layer
/// without ranges, a format or width that the MAC does not take, a shift out of range.
NetworkPrecision resolve_precision(const Precision& precision, const Network& network, const MacDatapaths& macs,
                                   const Arithmetic& accumulator);

}  // namespace lacuna
