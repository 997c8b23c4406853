// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/array.hpp"

namespace lacuna {

CartesianArray::CartesianArray(const sc_core::sc_module_name& name, CartesianContext& context, const CoreClock& clock,
                               const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      done_("done", static_cast<std::size_t>(context.array().pes())),
      sequencer_("sequencer", context, clock, progress),
      drain_("drain", context, [this](std::int64_t pe, std::int64_t pass, std::int64_t filter, std::int64_t pixel) {
        return pes_[static_cast<std::size_t>(pe)]->sum(pass, filter, pixel);
      }) {
  sequencer_.clk(clk);
  sequencer_.passes_allowed(passes_allowed);
  sequencer_.done(done_);
  sequencer_.drained(drained_);
  sequencer_.step(step_);
  sequencer_.phase(phase_);
  sequencer_.computed(computed_);
  drain_.clk(clk);
  drain_.computed(computed_);
  drain_.drained(drained_);
  for (std::int64_t index = 0; index < context.array().pes(); ++index) {
    pes_.push_back(std::make_unique<CartesianPe>(("pe_" + std::to_string(index)).c_str(), context, index));
    CartesianPe& pe = *pes_.back();
    pe.clk(clk);
    pe.phase(phase_);
    pe.step(step_);
    pe.done(done_[static_cast<std::size_t>(index)]);
  }
  for (auto& signal : done_) signal.write(-1);
  if (!context_.record_passes) return;
  spans_.begin(0, sums());
  SC_HAS_PROCESS(CartesianArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

std::vector<CartesianPeCounts> CartesianArray::pe_counts() const {
  std::vector<CartesianPeCounts> all;
  for (const auto& pe : pes_) {
    all.push_back(pe->counts());
    for (const PassRecord& record : context_.records) {
      // The rest of the wait passed while the clock slept.
      (pe->covered() ? all.back().link : all.back().idle) += record.link_wait_asleep();
    }
  }
  return all;
}

void CartesianArray::on_falling_edge() {
  const std::int64_t over = sequencer_.passes_over();
  if (spans_.passes() == over && over < context_.pass_count()) spans_.begin(clock_.edge() + 1, sums());
}

PeSums CartesianArray::sums() const {
  PeSums all{{0, 0, 0, 0, 0, 0}, 0};
  const std::int64_t multipliers = context_.array().multipliers();
  for (const auto& pe : pes_) {
    const CartesianPeCounts& counts = pe->counts();
    for (const CartesianMultiplier& own : counts.multipliers) all.stalls[0] += own.lane;
    all.stalls[1] += multipliers * counts.bank;
    all.stalls[2] += multipliers * counts.barrier;
    all.stalls[3] += multipliers * counts.drain;
    all.stalls[4] += multipliers * counts.link;
    all.stalls[5] += multipliers * counts.weight;
    all.idle += multipliers * counts.idle;
  }
  return all;
}

std::vector<PassActivity> CartesianArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, sums());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    for (const auto& pe : pes_) {
      // The rest of the wait passed while the clock slept.
      (pe->covered() ? passes[pass].stalls[4] : passes[pass].idle) +=
          context_.array().multipliers() * context_.records[pass].link_wait_asleep();
    }
  }
  return passes;
}

CartesianEvents CartesianArray::events() const {
  CartesianEvents events;
  events.from_store = context_.schedule->stored;
  std::int64_t macs = 0;
  for (const auto& pe : pes_) {
    events.activation_vectors += pe->activation_vectors();
    events.pairs += pe->pairs();
    macs += pe->macs();
  }
  for (const auto& [place, blocks] : context_.blocks) {
    std::int64_t once = 0;
    std::int64_t again = 0;
    for (const CartesianContext::Block& block : blocks) {
      once += block.most_meetings > 0 ? block.vectors : 0;
      again += block.most_meetings * block.vectors;
    }
    const std::int64_t sent = once <= context_.array().fifo ? once : again;
    events.broadcasts += sent;
    events.fifo_writes += sent * context_.schedule->grid(context_.pass(place.first)).used_pes();
  }
  if (is_fc(context_.shape())) events.broadcasts = events.fifo_writes = events.pairs;
  for (const TiledPass& pass : context_.schedule->pass_list) events.macs_skipped += context_.schedule->macs(pass);
  events.macs_skipped -= macs;
  events.sums_sent = drain_.sums_sent();
  events.ofmap_words = drain_.ofmap_words();
  return events;
}

std::string CartesianArray::state() const {
  std::string text = sequencer_.state() + "\n" + drain_.state() + "\n";
  for (const auto& pe : pes_) text += pe->state() + "\n";
  return text;
}

void CartesianArray::trace(sc_core::sc_trace_file* file) const {
  sc_core::sc_trace(file, step_.read(), step_.name());
  sc_core::sc_trace(file, phase_.read(), phase_.name());
  sc_core::sc_trace(file, computed_.read(), computed_.name());
  sc_core::sc_trace(file, drained_.read(), drained_.name());
  for (const auto& wire : done_) sc_core::sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
