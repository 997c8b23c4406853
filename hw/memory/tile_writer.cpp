// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/tile_writer.hpp"

#include <algorithm>

namespace lacuna {

TileWriter::TileWriter(const sc_core::sc_module_name& name, WeightDecoder& decoder, const WeightMemory& weights,
                       TileStore& store)
    : sc_core::sc_module(name), decoder_(decoder), weights_(weights), store_(store) {
  SC_HAS_PROCESS(TileWriter);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void TileWriter::start() {
  left_ = weights_.values();
  store_.begin(left_);
  decoder_.start();
}

void TileWriter::on_edge() {
  if (left_ == 0) return;
  const std::int64_t come = std::min(decoder_.available(), left_);
  for (std::int64_t weight = 0; weight < come; ++weight) store_.write(decoder_.take());
  taken_ += come;
  left_ -= come;
  if (left_ == 0) held_.write(weights_.tile());
}

void TileWriter::trace(sc_core::sc_trace_file* file) const { sc_core::sc_trace(file, held_, held_.name()); }

}  // namespace lacuna
