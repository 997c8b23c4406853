// SPDX-License-Identifier: Apache-2.0
#include "hw/number/scaled_binary.hpp"

namespace lacuna {
namespace {

/// Signs with a scale for each filter (Rastegari et al., "XNOR-Net", ECCV 2016: binary-weight networks).
class BinaryFilterScaled final : public ScaledBinary {
 public:
  BinaryFilterScaled() : ScaledBinary(ScaleOf::filter) {}
};

const Registration<NumberFormat, BinaryFilterScaled> registered{"binary_filter_scaled"};

}  // namespace
}  // namespace lacuna
