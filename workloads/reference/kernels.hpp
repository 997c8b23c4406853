// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

// The layers behind float_layer, one file each. All fill `ofmap`, which has the layer's shape.

void float_conv(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap);
void float_fc(const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap);
void float_max_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_average_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_relu(const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_lrn(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap);
void float_softmax(const Tensor<float>& ifmap, Tensor<float>& ofmap);

}  // namespace lacuna
