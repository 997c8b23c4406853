// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/report/page.hpp"
#include "analysis/report/sweep_document.hpp"

namespace lacuna {

/// The page of a sweep: what was asked for and how it ended, charts, the points of the front with the commands that
/// repeat them, failures, provenance.
Page sweep_page(const SweepDocument& sweep);

}  // namespace lacuna
