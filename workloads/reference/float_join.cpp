// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "workloads/reference/kernels.hpp"

namespace lacuna {

void float_add(const FloatMaps& ifmaps, Tensor<float>& ofmap) {
  ofmap.data = ifmaps.front()->data;
  for (std::size_t i = 1; i < ifmaps.size(); ++i) {
    for (std::size_t x = 0; x < ofmap.data.size(); ++x) ofmap.data[x] += ifmaps[i]->data[x];
  }
}

void float_concat(const FloatMaps& ifmaps, Tensor<float>& ofmap) {
  auto to = ofmap.data.begin();
  for (const Tensor<float>* ifmap : ifmaps) to = std::copy(ifmap->data.begin(), ifmap->data.end(), to);
}

}  // namespace lacuna
