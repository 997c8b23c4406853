// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/report/html_table.hpp"
#include "analysis/report/result_document.hpp"
#include "hw/base/field.hpp"

namespace lacuna {

/// Every plain figure of every layer, in the order of `fields`.
HtmlTable layers_table(const ResultDocument& result, const std::vector<FieldInfo>& fields);

/// Energy of every layer by component, in pJ, with sums and ranges.
HtmlTable energy_table(const ResultDocument& result);

/// PE cycles stalled in every layer, by cause.
HtmlTable stalls_table(const ResultDocument& result);

/// Every event counted, layer by layer.
HtmlTable counts_table(const ResultDocument& result);

/// Sums over the conv layers and over all layers, a row for each figure, in the order of `fields`.
HtmlTable totals_table(const ResultDocument& result, const std::vector<FieldInfo>& fields);

}  // namespace lacuna
