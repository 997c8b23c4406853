// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/report/result_document.hpp"
#include "sim/result/run_result.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {

/// The sample result with the parts of its experiment that reports read: 168 PEs at 200 MHz, a link of 8 bytes at 60
/// MHz.
RunResult reported_result();

/// What 2 x 2 PEs did in a layer of the sample: all of its MACs, in equal parts, and 10 filler MACs in PE (1, 1).
LayerPes reported_pes(const std::string& layer);

/// The text of a result.json as if read from that file.
ResultDocument document_of(const std::string& text, const std::string& file = "result.json");

ResultDocument reported_document();

/// The same with a pes.csv beside it.
ResultDocument reported_document_with_pes(const ScratchFolder& scratch);

}  // namespace lacuna
