// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "hw/array/row_stationary/clocked/buses.hpp"

namespace lacuna {

IfmapBus::IfmapBus(const sc_core::sc_module_name& name, const ClockedContext& context)
    : sc_core::sc_module(name),
      taken("taken", static_cast<std::size_t>(context.grid.pes())),
      context_(context),
      senders_(static_cast<std::size_t>(context.grid.pes()), LinkSender(context.units.ifmap_fifo_words)),
      same_beat_(static_cast<std::size_t>(context.grid.pes()), 0) {
  SC_HAS_PROCESS(IfmapBus);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
  begin_pass();
}

void IfmapBus::begin_pass() {
  if (pass_ == context_.pass_count()) return;
  const RowStationaryGrid& grid = context_.grid;
  const RowStationaryPass& pass = context_.pass(pass_);
  program_.begin(grid, pass, context_.units.ifmap_order);
  const std::int64_t rows = grid.rows(pass.ev);
  row_pes_.assign(static_cast<std::size_t>(grid.r * rows), {});
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      for (std::int64_t j = 0; j < pass.ev; ++j) {
        const std::int64_t row = i / grid.R * rows + grid.row_of(i, j);
        row_pes_[static_cast<std::size_t>(row)].push_back(grid.pe(ts, i, j));
      }
    }
  }
}

void IfmapBus::gather() {
  // A beat never spans two window steps: its words would need credits that only the later step's MACs free.
  next_.lanes = 0;
  next_.columns = static_cast<std::int32_t>(context_.pass(pass_).ev);
  targets_.clear();
  const std::int64_t rows = context_.grid.rows(context_.pass(pass_).ev);
  const std::int64_t image = program_.image;
  const std::int64_t step = program_.step;
  while (next_.lanes < context_.units.ifmap_lanes && !program_.done() && program_.step == step &&
         program_.image == image) {
    const auto lane = static_cast<std::size_t>(next_.lanes++);
    next_.word[lane] = context_.memory->ifmap(pass_, program_);
    next_.tag[lane] = ifmap_tag(program_.rr, program_.row);
    const auto& pes = row_pes_[static_cast<std::size_t>(program_.rr * rows + program_.row)];
    targets_.insert(targets_.end(), pes.begin(), pes.end());
    program_.advance();
  }
  gathered_ = true;
}

bool IfmapBus::has_credits() {
  bool credits = true;
  for (const std::int64_t pe : targets_) {
    const auto index = static_cast<std::size_t>(pe);
    credits = credits && senders_[index].has_credit(taken[index].read(), same_beat_[index]);
    ++same_beat_[index];
  }
  for (const std::int64_t pe : targets_) same_beat_[static_cast<std::size_t>(pe)] = 0;
  return credits;
}

void IfmapBus::on_edge() {
  if (pass_ == context_.pass_count() || passes_sent.read() <= static_cast<std::uint32_t>(pass_)) return;
  if (!gathered_) gather();
  if (!has_credits()) {
    ++stalls_;
    return;
  }
  send();
}

void IfmapBus::send() {
  next_.sequence = ++sequence_;
  beat.write(next_);
  for (const std::int64_t pe : targets_) senders_[static_cast<std::size_t>(pe)].send();
  words_ += next_.lanes;
  deliveries_ += static_cast<std::int64_t>(targets_.size());
  gathered_ = false;
  if (!program_.done()) return;
  ++pass_;
  begin_pass();
}

std::string IfmapBus::state() const {
  std::ostringstream out;
  out << name() << ": pass " << pass_ << " of " << context_.pass_count() << ", image " << program_.image << ", step "
      << program_.step << ", beats sent " << sequence_;
  if (gathered_) {
    out << ", the head beat waits for PEs";
    std::vector<std::uint32_t> words(senders_.size(), 0);  // of the head beat, per PE
    for (const std::int64_t pe : targets_) {
      const auto index = static_cast<std::size_t>(pe);
      if (!senders_[index].has_credit(taken[index].read(), words[index]++)) out << ' ' << pe;
    }
  }
  return out.str();
}

}  // namespace lacuna
