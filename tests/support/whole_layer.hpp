// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer of AlexNet in full, on a shipped chip.
struct WholeLayer {
  std::string chip;
  std::string layer;
  std::int64_t batch = 1;
};

/// Every conv and fc layer of AlexNet on each of the chips.
std::vector<WholeLayer> whole_layers(const std::vector<std::string>& chips, std::int64_t batch);

/// The layer with seeded words, half of its activations zero, cut by the chip's own mapping of it.
LayerCase whole_layer_case(const WholeLayer& whole);

/// "eyeriss_conv1_batch_4".
std::string name_of(const WholeLayer& whole);

}  // namespace lacuna::test
