// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_layer.hpp"

#include "workloads/reference/kernels.hpp"

namespace lacuna {

Tensor<float> float_layer(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights* weights) {
  return float_layer(layer, FloatMaps{&ifmap}, weights);
}

Tensor<float> float_layer(const Layer& layer, const FloatMaps& ifmaps, const LayerWeights* weights) {
  const Tensor<float>& ifmap = *ifmaps.front();
  Tensor<float> ofmap({layer.out.C, layer.out.H, layer.out.W});
  switch (layer.kind) {
    case LayerKind::conv:
      float_conv(layer, ifmap, *weights, ofmap);
      break;
    case LayerKind::fc:
      float_fc(ifmap, *weights, ofmap);
      break;
    case LayerKind::relu:
      float_relu(ifmap, ofmap);
      break;
    case LayerKind::lrn:
      float_lrn(layer, ifmap, ofmap);
      break;
    case LayerKind::max_pool:
      float_max_pool(layer, ifmap, ofmap);
      break;
    case LayerKind::average_pool:
    case LayerKind::global_average_pool:
      float_average_pool(layer, ifmap, ofmap);
      break;
    case LayerKind::add:
      float_add(ifmaps, ofmap);
      break;
    case LayerKind::concat:
      float_concat(ifmaps, ofmap);
      break;
    case LayerKind::softmax:
      float_softmax(ifmap, ofmap);
      break;
  }
  return ofmap;
}

}  // namespace lacuna
