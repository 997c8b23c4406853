// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/edges.hpp"

namespace lacuna {

SystolicWestEdge::SystolicWestEdge(const sc_core::sc_module_name& name, const SystolicContext& context)
    : sc_core::sc_module(name), row("row", static_cast<std::size_t>(context.array().rows)), context_(context) {
  SC_HAS_PROCESS(SystolicWestEdge);
  SC_METHOD(drive);
  sensitive << compute;
  dont_initialize();
}

Word SystolicWestEdge::word(const SystolicPass& pass, std::int64_t i, std::int64_t t, std::int64_t m,
                            std::int64_t place) const {
  const std::int64_t macs = context_.array().rate.macs;
  switch (context_.array().dataflow) {
    case SystolicDataflow::output_stationary:
      return context_.activation(pass, pass.tap + t * macs + m, pass.pixel + i);
    case SystolicDataflow::weight_stationary:
      return context_.activation(pass, pass.tap + i * macs + m, pass.pixel + t);
    case SystolicDataflow::input_stationary:
      return context_.weight(pass, pass.tap + i * macs + m, pass.filter + t, place);
  }
  return 0;
}

void SystolicWestEdge::drive() {
  const SystolicStep now = compute.read();
  if (now.active() && !now.begins()) return;  // the words of a step stay for all of it
  std::int64_t place = 0;                     // among the words of this edge
  for (std::int64_t i = 0; i < context_.array().rows; ++i) {
    SystolicOperand operand;
    const std::int64_t t = now.index - i;
    if (now.active() && i < context_.fold(now.pass).rows && t >= 0 && t < context_.fold(now.pass).steps) {
      const SystolicFold& fold = context_.fold(now.pass);
      operand.valid = true;
      operand.first = t == 0;
      operand.last = t + 1 == fold.steps;
      const std::int64_t taps = fold.taps_of(context_.array().output_stationary() ? t : i);
      for (std::int64_t m = 0; m < taps; ++m) {
        operand.words[static_cast<std::size_t>(m)] = word(context_.pass(now.pass), i, t, m, place++);
      }
    }
    row[static_cast<std::size_t>(i)].write(operand);
  }
}

SystolicNorthEdge::SystolicNorthEdge(const sc_core::sc_module_name& name, const SystolicContext& context)
    : sc_core::sc_module(name),
      column("column", static_cast<std::size_t>(context.array().columns)),
      psum("psum", static_cast<std::size_t>(context.array().columns)),
      context_(context) {
  SC_HAS_PROCESS(SystolicNorthEdge);
  if (context.array().output_stationary()) {
    SC_METHOD(stream);
    sensitive << compute;
  } else {
    SC_METHOD(shift);
    sensitive << load;
  }
  dont_initialize();
  SC_METHOD(give_psums);
  sensitive << compute;
  dont_initialize();
}

void SystolicNorthEdge::stream() {
  const SystolicStep now = compute.read();
  if (now.active() && !now.begins()) return;  // the words of a step stay for all of it
  const std::int64_t macs = context_.array().rate.macs;
  std::int64_t place = 0;  // among the words of this edge
  for (std::int64_t j = 0; j < context_.array().columns; ++j) {
    SystolicOperand operand;
    const std::int64_t t = now.index - j;
    if (now.active() && j < context_.fold(now.pass).columns && t >= 0 && t < context_.fold(now.pass).steps) {
      const SystolicPass& pass = context_.pass(now.pass);
      operand.valid = true;
      for (std::int64_t m = 0; m < context_.fold(now.pass).taps_of(t); ++m) {
        operand.words[static_cast<std::size_t>(m)] =
            context_.weight(pass, pass.tap + t * macs + m, pass.filter + j, place++);
      }
    }
    column[static_cast<std::size_t>(j)].write(operand);
  }
}

void SystolicNorthEdge::shift() {
  const SystolicStep now = load.read();
  if (!now.active()) return;
  const SystolicPass& pass = context_.pass(now.pass);
  const std::int64_t i = context_.array().rows - 1 - now.index;
  const std::int64_t first = pass.tap + i * context_.array().rate.macs;
  const std::int64_t taps = context_.fold(now.pass).taps_of(i);
  for (std::int64_t j = 0; j < context_.fold(now.pass).columns; ++j) {
    SystolicOperand operand;
    operand.valid = true;
    for (std::int64_t m = 0; m < taps; ++m) {
      operand.words[static_cast<std::size_t>(m)] = context_.array().dataflow == SystolicDataflow::weight_stationary
                                                       ? context_.weight(pass, first + m, pass.filter + j, j * taps + m)
                                                       : context_.activation(pass, first + m, pass.pixel + j);
    }
    column[static_cast<std::size_t>(j)].write(operand);
  }
}

void SystolicNorthEdge::give_psums() {
  const SystolicStep now = compute.read();
  if (!now.begins()) return;
  const SystolicPass& pass = context_.pass(now.pass);
  const SystolicFold& fold = context_.fold(now.pass);
  const SystolicDataflow dataflow = context_.array().dataflow;
  // Output stationary: PE (i, j) has its first issue at step i + j; else PE (0, j) has issue t at step t + j.
  const std::int64_t places = dataflow == SystolicDataflow::output_stationary ? fold.rows : fold.steps;
  for (std::int64_t j = 0; j < fold.columns; ++j) {
    const std::int64_t place = now.index - j;
    if (place < 0 || place >= places) continue;
    const bool pixels_are_columns = dataflow == SystolicDataflow::input_stationary;
    const Word word = pixels_are_columns ? context_.psum(pass, pass.filter + place, pass.pixel + j)
                                         : context_.psum(pass, pass.filter + j, pass.pixel + place);
    auto& port = psum[static_cast<std::size_t>(j)];
    port.write({port.read().sequence + 1, word});
    ++psums_;
  }
}

SystolicColumnEnd::SystolicColumnEnd(const sc_core::sc_module_name& name, const SystolicContext& context,
                                     std::int64_t j)
    : sc_core::sc_module(name),
      psum("psum", static_cast<std::size_t>(context.array().output_stationary() ? context.array().rows : 1)),
      context_(context),
      j_(j),
      seen_(psum.size(), 0) {
  SC_HAS_PROCESS(SystolicColumnEnd);
  SC_METHOD(take);
  for (auto& port : psum) sensitive << port;
  dont_initialize();
}

void SystolicColumnEnd::take() {
  for (std::size_t from = 0; from < psum.size(); ++from) {
    const SystolicPsum& arrived = psum[from].read();
    if (arrived.sequence == seen_[from]) continue;
    seen_[from] = arrived.sequence;
    while (j_ >= context_.fold(pass_).columns) ++pass_;
    const SystolicPass& pass = context_.pass(pass_);
    const bool pixels_are_columns = context_.array().dataflow == SystolicDataflow::input_stationary;
    const std::int64_t filter = pass.filter + (pixels_are_columns ? place_ : j_);
    const std::int64_t pixel = pass.pixel + (pixels_are_columns ? j_ : place_);
    context_.buffer->psum.write(context_.schedule->psum_address(pass, filter, pixel),
                                context_.faults->output_fifo.pass(arrived.word));
    ++psums_;
    const SystolicFold& fold = context_.fold(pass_);
    if (++place_ < (context_.array().output_stationary() ? fold.rows : fold.steps)) continue;
    place_ = 0;
    ++pass_;
  }
}

}  // namespace lacuna
