// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include "hw/array/row_stationary/clocked/buses.hpp"

namespace lacuna {

namespace {

void describe(std::ostream& out, const PsumProgram& at, std::int64_t pass, std::int64_t passes) {
  out << ": pass " << pass << " of " << passes << ", image " << at.image << ", window " << at.x << ", beat " << at.beat
      << ", set " << at.ts << ", column " << at.j;
}

}  // namespace

PsumInputBus::PsumInputBus(const sc_core::sc_module_name& name, const ClockedContext& context)
    : sc_core::sc_module(name),
      taken("taken", static_cast<std::size_t>(context.grid.columns())),
      context_(context),
      senders_(static_cast<std::size_t>(context.grid.columns()), LinkSender(context.units.psum_fifo_beats)) {
  SC_HAS_PROCESS(PsumInputBus);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
  if (context_.pass_count() > 0) program_.begin(context_.grid, context_.pass(0), context_.units);
}

void PsumInputBus::on_edge() {
  const auto pass = static_cast<std::uint32_t>(pass_);
  // The psums that it reads are those that the pass before wrote.
  if (pass_ == context_.pass_count() || passes_sent.read() <= pass || passes_ended.read() < pass) return;
  const std::int64_t column = program_.ts * context_.grid.e + program_.j;
  const auto index = static_cast<std::size_t>(column);
  if (!senders_[index].has_credit(taken[index].read())) {
    ++stalls_;
    return;
  }
  PsumBeat out;
  out.sequence = ++sequence_;
  out.column = static_cast<std::int32_t>(column);
  out.lanes = static_cast<std::int32_t>(program_.lanes());
  for (std::int64_t lane = 0; lane < out.lanes; ++lane) {
    out.word[static_cast<std::size_t>(lane)] = context_.memory->psum(pass_, program_, lane);
  }
  beat.write(out);
  senders_[index].send();
  words_ += out.lanes;
  program_.advance();
  if (program_.done() && ++pass_ < context_.pass_count()) {
    program_.begin(context_.grid, context_.pass(pass_), context_.units);
  }
}

std::string PsumInputBus::state() const {
  std::ostringstream out;
  out << name();
  describe(out, program_, pass_, context_.pass_count());
  out << ", beats sent " << sequence_;
  return out.str();
}

PsumOutputBus::PsumOutputBus(const sc_core::sc_module_name& name, ClockedContext& context, const CoreClock& clock,
                             std::function<void()> progress)
    : sc_core::sc_module(name),
      beat("beat", static_cast<std::size_t>(context.grid.columns())),
      taken("taken", static_cast<std::size_t>(context.grid.columns())),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)),
      fifos_(static_cast<std::size_t>(context.grid.columns()), LinkReceiver<PsumBeat>(context.units.output_fifo_beats)),
      seen_(static_cast<std::size_t>(context.grid.columns()), 0) {
  SC_HAS_PROCESS(PsumOutputBus);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
  if (context_.pass_count() > 0) program_.begin(context_.grid, context_.pass(0), context_.units);
}

void PsumOutputBus::on_edge() {
  for (std::size_t column = 0; column < fifos_.size(); ++column) {
    fifos_[column].begin_edge();
    const PsumBeat& in = beat[column].read();
    if (in.sequence == seen_[column]) continue;
    seen_[column] = in.sequence;
    fifos_[column].push(in);
    ++pushes_;
  }
  if (pass_ == context_.pass_count()) return;
  const auto column = static_cast<std::size_t>(program_.ts * context_.grid.e + program_.j);
  if (fifos_[column].ready()) take(column);
}

void PsumOutputBus::take(std::size_t column) {
  const PsumBeat& in = fifos_[column].front();
  for (std::int64_t lane = 0; lane < in.lanes; ++lane) {
    const Word word = context_.faults->output_fifo.pass(in.word[static_cast<std::size_t>(lane)]);
    context_.memory->write_psum(pass_, program_, lane, word);
  }
  words_ += in.lanes;
  ++beats_;
  fifos_[column].take();
  taken[column].write(fifos_[column].taken());
  program_.advance();
  if (!program_.done()) return;
  context_.records[static_cast<std::size_t>(pass_)].end = clock_.edge();
  passes_ended.write(static_cast<std::uint32_t>(++pass_));
  if (pass_ < context_.pass_count()) program_.begin(context_.grid, context_.pass(pass_), context_.units);
  progress_();
}

std::string PsumOutputBus::state() const {
  std::ostringstream out;
  out << name();
  describe(out, program_, pass_, context_.pass_count());
  out << ", beats taken " << beats_;
  return out.str();
}

}  // namespace lacuna
