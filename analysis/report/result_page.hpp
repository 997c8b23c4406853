// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/report/page.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/result_document.hpp"

namespace lacuna {

/// The page of one result: notices, key figures, charts, tables of layers and totals, provenance.
Page result_page(const ResultDocument& result, const ReportKit& kit);

}  // namespace lacuna
