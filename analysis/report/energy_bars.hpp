// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/report/result_document.hpp"
#include "analysis/report/stacked_bars.hpp"

namespace lacuna {

/// Energy of every layer, chip and DRAM, stacked by component, in a unit that suits the largest; whiskers: all prices
/// at the low and at the high end of their ranges.
StackedBars energy_bars(const ResultDocument& result);

}  // namespace lacuna
