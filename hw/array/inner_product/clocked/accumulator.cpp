// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/accumulator.hpp"

namespace lacuna {

InnerProductAccumulator::InnerProductAccumulator(const sc_core::sc_module_name& name,
                                                 const InnerProductContext& context)
    : sc_core::sc_module(name),
      sum("sum", static_cast<std::size_t>(context.array().windows)),
      context_(context),
      seen_(sum.size(), 0),
      psums_(sum.size(), 0) {
  SC_HAS_PROCESS(InnerProductAccumulator);
  SC_METHOD(on_change);
  for (auto& port : sum) sensitive << port;
  dont_initialize();
}

void InnerProductAccumulator::on_change() {
  for (std::size_t window = 0; window < sum.size(); ++window) {
    const InnerProductSum& arrived = sum[window].read();
    if (arrived.sequence == seen_[window]) continue;
    seen_[window] = arrived.sequence;
    add(arrived, psums_[context_.deal(arrived.pass).staggered ? 0 : window]);
  }
}

void InnerProductAccumulator::add(const InnerProductSum& arrived, Word& psum) {
  const TiledPass& pass = context_.pass(arrived.pass);
  const std::int64_t address = context_.schedule->psum_address(pass, arrived.filter, arrived.pixel);
  if (arrived.first) psum = context_.read_psum(pass, address);
  psum = accumulate(context_.arithmetic, psum, context_.faults->psum_link.pass(arrived.word));
  if (arrived.last) context_.write_psum(address, psum);
}

std::string InnerProductAccumulator::state() const {
  std::string text = std::string(name()) + ": psums";
  for (const Word psum : psums_) text += ' ' + std::to_string(psum);
  return text;
}

}  // namespace lacuna
