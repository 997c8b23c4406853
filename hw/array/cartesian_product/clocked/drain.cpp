// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/drain.hpp"

namespace lacuna {

CartesianDrain::CartesianDrain(const sc_core::sc_module_name& name, CartesianContext& context, Part part)
    : sc_core::sc_module(name), context_(context), part_(std::move(part)) {
  SC_HAS_PROCESS(CartesianDrain);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
  SC_METHOD(on_change);
  sensitive << computed << changed_;
  dont_initialize();
}

void CartesianDrain::on_edge() {
  if (computed.read() <= pass_) return;
  ++pass_edges_;
  changed_.write(++edges_);
}

/// A pass without halos is drained at the edge at which it is computed.
void CartesianDrain::on_change() {
  while (computed.read() > pass_) {
    const TiledPass& pass = context_.pass(pass_);
    if (pass_edges_ < pass.filters * context_.schedule->grid(pass).largest_region()) break;
    write_sums();
    pass_edges_ = 0;
    ++pass_;
  }
  drained.write(pass_);
}

void CartesianDrain::write_sums() {
  const TiledPass& pass = context_.pass(pass_);
  for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
    for (std::int64_t pixel = 0; pixel < pass.pixels; ++pixel) {
      Word psum = context_.buffer->read_zero_psum();
      for (std::int64_t pe = 0; pe < context_.array().pes(); ++pe) {
        const Word part = context_.faults->psum_link.pass(part_(pe, pass_, filter, pixel));
        psum = accumulate(context_.arithmetic, psum, part);
      }
      const std::int64_t address = context_.schedule->psum_address(pass, pass.filter + filter, pixel);
      context_.buffer->psum.write(address, context_.faults->output_fifo.pass(psum));
      ++ofmap_words_;
    }
  }
  sums_sent_ += pass.filters * context_.schedule->grid(pass).sums_sent();
}

std::string CartesianDrain::state() const {
  return std::string(name()) + ": computed " + std::to_string(computed.read()) + ", at pass " + std::to_string(pass_) +
         ", edges of it " + std::to_string(pass_edges_);
}

}  // namespace lacuna
