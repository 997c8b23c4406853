// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/report/pe_table.hpp"

namespace lacuna {

/// The smallest side of a square block of PEs with which all layers together have at most `most_cells` blocks.
int pe_block_size(const PeTable& pes, int most_cells);

/// The PEs of a layer, blocks of block x block PEs as one: means of the PEs in them, row and column those of the first.
std::vector<PeRow> pe_blocks(const PeLayer& layer, int block);

}  // namespace lacuna
