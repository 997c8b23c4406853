// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/pe_blocks.hpp"

#include <cstdint>
#include <map>
#include <utility>

namespace lacuna {

int pe_block_size(const PeTable& pes, int most_cells) {
  const auto cells = [&](int block) {
    const std::int64_t rows = (pes.rows + block - 1) / block;
    const std::int64_t columns = (pes.columns + block - 1) / block;
    return rows * columns * static_cast<std::int64_t>(pes.layers.size());
  };
  int block = 1;
  while (cells(block) > most_cells && (block < pes.rows || block < pes.columns)) ++block;
  return block;
}

std::vector<PeRow> pe_blocks(const PeLayer& layer, int block) {
  if (block == 1) return layer.rows;
  struct Sum {
    PeRow sum;
    int pes = 0;
  };
  std::map<std::pair<int, int>, Sum> sums;
  for (const PeRow& pe : layer.rows) {
    Sum& of = sums[{pe.row / block, pe.column / block}];
    ++of.pes;
    of.sum.performed += pe.performed;
    of.sum.gated += pe.gated;
    of.sum.filler += pe.filler;
    of.sum.stalled += pe.stalled;
    of.sum.idle += pe.idle;
  }
  std::vector<PeRow> blocks;
  blocks.reserve(sums.size());
  for (const auto& [at, of] : sums) {
    const double pes = of.pes;
    blocks.push_back({at.first * block, at.second * block, of.sum.performed / pes, of.sum.gated / pes,
                      of.sum.filler / pes, of.sum.stalled / pes, of.sum.idle / pes});
  }
  return blocks;
}

}  // namespace lacuna
