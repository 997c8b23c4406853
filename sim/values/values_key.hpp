// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/base/accumulation_order.hpp"
#include "sim/values/layer_precision.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {

/// The key of a layer's encoded weights. `weights`: where they come from, digests included.
std::string weights_key(const std::string& program, const Layer& layer, const LayerPrecision& precision,
                        const std::string& weights);

/// The keys of the same weights by tap, and as bits.
std::string by_tap_key(const std::string& weights_key);
std::string signs_key(const std::string& weights_key);

/// The key of the network's input as stored, from the digests of the images.
std::string input_key(const std::string& program, const Network& network, const ActivationFormat& format,
                      const std::string& images);

/// The key of a layer's ofmap from that of its ifmap. Of a conv or fc layer also the MAC datapath by name, where its
/// weights come from, and the order of additions, which counts where they saturate.
struct LayerContext {
  std::string mac;
  std::string weights;
  AccumulationOrder order;
};
std::string ofmap_key(const std::string& ifmap_key, const Layer& layer, const LayerPrecision& precision,
                      const LayerContext& context);

/// The key of a layer's ofmap in the float network, from that of its ifmap.
std::string reference_input_key(const std::string& program, const Network& network, const std::string& images);
std::string reference_key(const std::string& ifmap_key, const Layer& layer, const std::string& weights);

}  // namespace lacuna
