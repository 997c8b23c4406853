// SPDX-License-Identifier: Apache-2.0
#include "hw/number/scaled_binary.hpp"

namespace lacuna {
namespace {

/// Signs with a scale for the layer (Zhou et al., "DoReFa-Net", 2016, weights of one bit).
class BinaryLayerScaled final : public ScaledBinary {
 public:
  BinaryLayerScaled() : ScaledBinary(ScaleOf::layer) {}
};

const Registration<NumberFormat, BinaryLayerScaled> registered{"binary_layer_scaled"};

}  // namespace
}  // namespace lacuna
