// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/reduced_precision.hpp"

namespace lacuna {

/// What the shipped files say of precisions: formats, published losses, measured accuracies. They are
/// read when they are needed.
PrecisionSources shipped_precision_sources();

}  // namespace lacuna
