// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/report/result_document.hpp"

namespace lacuna {

/// What a result comes from: program, every input with its digest, every price with range and source, the fit of the
/// price table, and the whole experiment. HTML.
std::string provenance_html(const ResultDocument& result);

}  // namespace lacuna
