// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/array.hpp"

namespace lacuna {

InnerProductArray::InnerProductArray(const sc_core::sc_module_name& name, InnerProductContext& context,
                                     const CoreClock& clock, const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      activation_("activation", static_cast<std::size_t>(context.array().windows * context.array().width())),
      weight_("weight", static_cast<std::size_t>(context.array().filters * context.array().width())),
      sum_("sum", static_cast<std::size_t>(context.array().windows * context.array().filters)),
      sequencer_("sequencer", context, clock, progress) {
  sequencer_.clk(clk);
  sequencer_.passes_allowed(passes_allowed);
  sequencer_.step(step_);
  sequencer_.awaited(awaited_);
  sequencer_.undecoded(undecoded_);
  sequencer_.activation(activation_);
  sequencer_.weight(weight_);
  for (std::int64_t filter = 0; filter < context.array().filters; ++filter) wire_filter(filter);
  if (!context_.record_passes) return;
  spans_.begin(0, pe_sums());
  SC_HAS_PROCESS(InnerProductArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

InnerProductArray::~InnerProductArray() {
  // Last in, first out: the kernel looks for what goes from the end of its lists.
  const auto windows = static_cast<std::size_t>(context_.array().windows);
  while (!accumulators_.empty()) {
    accumulators_.pop_back();
    units_.resize(units_.size() - windows);
  }
}

void InnerProductArray::wire_filter(std::int64_t filter) {
  const std::int64_t windows = context_.array().windows;
  for (std::int64_t window = 0; window < windows; ++window) {
    const std::string label = "unit_" + std::to_string(window) + "_" + std::to_string(filter);
    units_.push_back(std::make_unique<InnerProductUnit>(label.c_str(), context_, window, filter));
    wire_unit(*units_.back(), window, filter);
  }
  const std::string label = "accumulator_" + std::to_string(filter);
  accumulators_.push_back(std::make_unique<InnerProductAccumulator>(label.c_str(), context_));
  for (std::int64_t window = 0; window < windows; ++window) {
    accumulators_.back()->sum[static_cast<std::size_t>(window)](sum_[unit_index(window, filter)]);
  }
}

void InnerProductArray::wire_unit(InnerProductUnit& unit, std::int64_t window, std::int64_t filter) {
  const std::size_t width = unit.activation.size();
  unit.clk(clk);
  unit.step(step_);
  unit.awaited(awaited_);
  unit.undecoded(undecoded_);
  for (std::size_t word = 0; word < width; ++word) {
    unit.activation[word](activation_[static_cast<std::size_t>(window) * width + word]);
    unit.weight[word](weight_[static_cast<std::size_t>(filter) * width + word]);
  }
  unit.sum(sum_[unit_index(window, filter)]);
}

std::vector<InnerProductPeCounts> InnerProductArray::pe_counts() const {
  const InnerProductShape& array = context_.array();
  std::vector<InnerProductPeCounts> all(static_cast<std::size_t>(array.rows() * array.filters));
  for (std::int64_t window = 0; window < array.windows; ++window) {
    for (std::int64_t filter = 0; filter < array.filters; ++filter) {
      const InnerProductUnit& unit = *units_[unit_index(window, filter)];
      const std::vector<InnerProductPeCounts> lanes = unit.counts();
      for (std::int64_t lane = 0; lane < array.lanes; ++lane) {
        InnerProductPeCounts counts = lanes[static_cast<std::size_t>(lane)];
        for (std::int64_t pass = 0; pass < context_.pass_count(); ++pass) {
          // The rest of the wait passed while the clock slept.
          const std::int64_t asleep = context_.records[static_cast<std::size_t>(pass)].link_wait_asleep();
          (unit.last_pass(static_cast<std::size_t>(lane)) >= pass ? counts.link : counts.idle) += asleep;
        }
        all[static_cast<std::size_t>((window * array.lanes + lane) * array.filters + filter)] = counts;
      }
    }
  }
  return all;
}

void InnerProductArray::on_falling_edge() {
  const std::int64_t ended = sequencer_.passes_ended();
  if (spans_.passes() == ended && ended < context_.pass_count()) spans_.begin(clock_.edge() + 1, pe_sums());
}

PeSums InnerProductArray::pe_sums() const {
  PeSums sums{{0, 0, 0, 0, 0}, 0};
  for (const auto& unit : units_) {
    for (const InnerProductPeCounts& counts : unit->counts()) {
      sums.stalls[0] += counts.lane;
      sums.stalls[1] += counts.turn;
      sums.stalls[2] += counts.tree;
      sums.stalls[3] += counts.link;
      sums.stalls[4] += counts.weight;
      sums.idle += counts.idle;
    }
  }
  return sums;
}

std::vector<PassActivity> InnerProductArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, pe_sums());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    // The rest of the wait passed while the clock slept.
    const std::int64_t asleep = context_.records[pass].link_wait_asleep();
    for (const auto& unit : units_) {
      for (std::size_t lane = 0; lane < static_cast<std::size_t>(context_.array().lanes); ++lane) {
        const bool waits = unit->last_pass(lane) >= static_cast<std::int64_t>(pass);
        (waits ? passes[pass].stalls[3] : passes[pass].idle) += asleep;
      }
    }
  }
  return passes;
}

InnerProductEvents InnerProductArray::events() const {
  InnerProductEvents events = sequencer_.events();
  for (const auto& unit : units_) events.sums += unit->sums();
  return events;
}

std::string InnerProductArray::state() const {
  std::string text = sequencer_.state() + "\n";
  for (const auto& unit : units_) text += unit->state() + "\n";
  for (const auto& accumulator : accumulators_) text += accumulator->state() + "\n";
  return text;
}

void InnerProductArray::trace(sc_core::sc_trace_file* file) const {
  sc_trace(file, step_.read(), step_.name());
  sc_core::sc_trace(file, awaited_.read(), awaited_.name());
  sc_core::sc_trace(file, undecoded_.read(), undecoded_.name());
  for (const auto& wire : activation_) sc_core::sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : weight_) sc_core::sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : sum_) sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
