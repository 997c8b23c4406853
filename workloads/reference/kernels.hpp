// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/reference/float_layer.hpp"

namespace lacuna {

// The layers behind float_layer, one file each. All fill `ofmap`, which has the layer's shape.

void float_conv(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap);
void float_fc(const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap);
void float_max_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_average_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_relu(const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_lrn(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_add(const FloatMaps& ifmaps, Tensor<float>& ofmap);
void float_concat(const FloatMaps& ifmaps, Tensor<float>& ofmap);
void float_softmax(const Tensor<float>& ifmap, Tensor<float>& ofmap);

}  // namespace lacuna
