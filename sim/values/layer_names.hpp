// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/values/precision.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {

/// Names that stand for layers of any network.
constexpr const char* kStandIns[] = {"first", "before_last", "last", "conv", "fc"};

/// Whether a layer has a range: it writes words of a format that follows from it.
bool has_range(LayerKind kind);

/// Whether a layer writes words in a format of its own. Pooling and ReLU keep what they read.
bool makes_words(LayerKind kind);

/// The precision with exceptions for layers of this network alone: `first` and `last` stand for its first and last conv
/// or fc layer, `before_last` for the layer, or "input", whose words the last one reads; what `last` writes holds for a
/// softmax behind it; `conv` and `fc` stand for all layers of that kind. A layer that the network has by such a name is
/// that layer. What an exception by a layer's own name states goes before, then that by its place, then by its kind.
Precision with_layers_named(const Precision& precision, const Network& network);

}  // namespace lacuna
