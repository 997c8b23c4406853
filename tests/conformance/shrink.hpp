// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// Which of a case's fields may shrink.
using ShrinkPart = std::function<Described&(LayerCase&)>;

/// The smallest case found that is legal and still fails, from one that does: integers go to their least (0 where they
/// may be negative), are halved or lowered by one, choices and flags go to their first, one field at a time, until no
/// step is left that fails.
LayerCase shrink(
    const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails,
    const ShrinkPart& part = [](LayerCase& c) -> Described& { return c; });

/// For a person: the command lines that run a failing case as drawn and as small as it gets.
std::string report(const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails);

}  // namespace lacuna::test
