// SPDX-License-Identifier: Apache-2.0
#include "hw/number/scaled_binary.hpp"

namespace lacuna {
namespace {

/// Signs alone: weights -1 and 1 (Courbariaux et al., "BinaryConnect", NIPS 2015), activations too ("BNN", 2016). A
/// scale of activations, as XNOR-Net has one for each window, is not kept: nothing in a sign depends on it.
class Binary final : public ScaledBinary {
 public:
  Binary() : ScaledBinary(ScaleOf::none) {}
  bool for_activations() const override { return true; }
  std::optional<ActivationLevels> levels(const NumberParameters& /*parameters*/) const override {
    ActivationLevels levels;
    levels.thresholds = {{0.0, true}};
    levels.words = {-1, 1};
    levels.two_signs = true;
    return levels;
  }
};

const Registration<NumberFormat, Binary> registered{"binary"};

}  // namespace
}  // namespace lacuna
