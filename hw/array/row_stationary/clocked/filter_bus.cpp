// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "hw/array/row_stationary/clocked/buses.hpp"

namespace lacuna {

FilterBus::FilterBus(const sc_core::sc_module_name& name, ClockedContext& context, const CoreClock& clock,
                     std::function<void()> progress)
    : sc_core::sc_module(name),
      passes_issued("passes_issued", static_cast<std::size_t>(context.grid.pes())),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)) {
  SC_HAS_PROCESS(FilterBus);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

bool FilterBus::waits_for_link() const {
  return pass_ == context_.pass_count() ||
         (!sending_ && context_.records[static_cast<std::size_t>(pass_)].start_without_link >= 0 &&
          passes_allowed.read() <= static_cast<std::uint32_t>(pass_));
}

bool FilterBus::may_start() {
  if (pass_ == 0) return true;
  const auto pass = static_cast<std::uint32_t>(pass_);
  if (context_.units.overlap == PassOverlap::barrier) return passes_ended.read() >= pass;
  // Counts only grow: PEs that were found done stay done.
  const std::int64_t ev = context_.pass(pass_ - 1).ev;
  while (next_pe_ < context_.grid.pes()) {
    const bool active = next_pe_ % context_.grid.e < ev;
    if (active && passes_issued[static_cast<std::size_t>(next_pe_)].read() < pass) return false;
    ++next_pe_;
  }
  return true;
}

bool FilterBus::next_takes_over() {
  return !sending_ && pass_ < context_.pass_count() &&
         context_.records[static_cast<std::size_t>(pass_)].start_without_link < 0 && may_start();
}

void FilterBus::on_edge() {
  if (pass_ == context_.pass_count()) return;
  PassRecord& record = context_.records[static_cast<std::size_t>(pass_)];
  if (!sending_) {
    if (!may_start()) return;
    if (record.start_without_link < 0) {
      record.start_without_link = clock_.edge();
      progress_();
    }
    if (passes_allowed.read() <= static_cast<std::uint32_t>(pass_)) {
      ++record.link_wait_awake;
      return;
    }
    record.start = clock_.edge();
    sending_ = true;
    program_.begin(context_.grid, context_.pass(pass_), context_.units.filter_lanes);
    context_.memory->begin_filters(pass_);
  }
  const std::int64_t lanes = std::min(context_.units.filter_lanes, program_.row_words() - program_.word);
  if (!context_.memory->has_filters(pass_, program_, lanes)) {
    ++stalls_;
    return;
  }
  send(lanes);
}

void FilterBus::send(std::int64_t lanes) {
  const RowStationaryPass& pass = context_.pass(pass_);
  FilterBeat out;
  out.sequence = ++sequence_;
  out.row = static_cast<std::int32_t>(program_.ts * context_.grid.chain() + program_.i);
  out.address = static_cast<std::int32_t>(program_.word);
  out.columns = static_cast<std::int32_t>(pass.ev);
  out.last = program_.last_of_row();
  out.lanes = static_cast<std::int32_t>(lanes);
  for (std::int64_t lane = 0; lane < out.lanes; ++lane) {
    out.word[static_cast<std::size_t>(lane)] =
        context_.faults->filter_path.pass(context_.memory->filter(pass_, program_, lane));
  }
  beat.write(out);
  words_ += out.lanes;
  deliveries_ += out.lanes * pass.ev;
  if (!program_.last_of_pass()) {
    program_.advance();
    return;
  }
  context_.records[static_cast<std::size_t>(pass_)].filters_sent = clock_.edge();
  passes_sent.write(static_cast<std::uint32_t>(++pass_));
  sending_ = false;
  next_pe_ = 0;
  progress_();
}

std::string FilterBus::state() const {
  std::ostringstream out;
  out << name() << ": pass " << pass_ << " of " << context_.pass_count() << ", "
      << (sending_ ? "sending" : "waiting to start") << ", passes allowed " << passes_allowed.read() << ", beats sent "
      << sequence_;
  return out.str();
}

}  // namespace lacuna
