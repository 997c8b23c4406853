// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/array.hpp"

#include <algorithm>

namespace lacuna {

namespace {

std::size_t pes_of(const SystolicContext& context) {
  return static_cast<std::size_t>(context.array().rows * context.array().columns);
}

}  // namespace

SystolicArray::SystolicArray(const sc_core::sc_module_name& name, SystolicContext& context, const CoreClock& clock,
                             const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      west_("west", static_cast<std::size_t>(context.array().rows)),
      north_("north", static_cast<std::size_t>(context.array().columns)),
      psum_in_("psum_in", static_cast<std::size_t>(context.array().columns)),
      east_("east", pes_of(context)),
      south_("south", pes_of(context)),
      psum_("psum", pes_of(context)),
      sequencer_("sequencer", context, clock, progress),
      west_edge_("west_edge", context),
      north_edge_("north_edge", context) {
  sequencer_.clk(clk);
  sequencer_.passes_allowed(passes_allowed);
  sequencer_.load(load_);
  sequencer_.compute(compute_);
  sequencer_.awaited(awaited_);
  sequencer_.starved(starved_);
  west_edge_.compute(compute_);
  west_edge_.row(west_);
  north_edge_.load(load_);
  north_edge_.compute(compute_);
  north_edge_.column(north_);
  north_edge_.psum(psum_in_);
  for (std::int64_t i = 0; i < context.array().rows; ++i) {
    for (std::int64_t j = 0; j < context.array().columns; ++j) wire_pe(i, j);
  }
  for (std::int64_t j = 0; j < context.array().columns; ++j) wire_column(j);
  if (!context_.record_passes) return;
  spans_.begin(0, pe_sums());
  SC_HAS_PROCESS(SystolicArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

SystolicArray::~SystolicArray() {
  // Last in, first out: the kernel looks for what goes from the end of its lists.
  while (!column_ends_.empty()) column_ends_.pop_back();
  while (!pes_.empty()) pes_.pop_back();
}

void SystolicArray::wire_pe(std::int64_t i, std::int64_t j) {
  const std::string label = "pe_" + std::to_string(i) + "_" + std::to_string(j);
  pes_.push_back(std::make_unique<SystolicPe>(label.c_str(), context_, i, j));
  SystolicPe& pe = *pes_.back();
  pe.clk(clk);
  pe.load(load_);
  pe.compute(compute_);
  pe.awaited(awaited_);
  pe.starved(starved_);
  pe.west(j == 0 ? west_[static_cast<std::size_t>(i)] : east_[at(i, j - 1)]);
  pe.north(i == 0 ? north_[static_cast<std::size_t>(j)] : south_[at(i - 1, j)]);
  const bool from_edge = i == 0 || context_.array().output_stationary();
  pe.psum_in(from_edge ? psum_in_[static_cast<std::size_t>(j)] : psum_[at(i - 1, j)]);
  pe.east(east_[at(i, j)]);
  pe.south(south_[at(i, j)]);
  pe.psum_out(psum_[at(i, j)]);
}

void SystolicArray::wire_column(std::int64_t j) {
  const std::string label = "column_end_" + std::to_string(j);
  column_ends_.push_back(std::make_unique<SystolicColumnEnd>(label.c_str(), context_, j));
  SystolicColumnEnd& end = *column_ends_.back();
  const std::int64_t rows = context_.array().rows;
  if (context_.array().output_stationary()) {
    for (std::int64_t i = 0; i < rows; ++i) end.psum[static_cast<std::size_t>(i)](psum_[at(i, j)]);
  } else {
    end.psum[0](psum_[at(rows - 1, j)]);
  }
}

std::vector<SystolicPeCounts> SystolicArray::pe_counts() const {
  std::vector<SystolicPeCounts> all;
  for (const auto& pe : pes_) {
    SystolicPeCounts counts = pe->counts();
    for (std::int64_t pass = 0; pass < context_.pass_count(); ++pass) {
      // The rest of the wait passed while the clock slept.
      const PassRecord& record = context_.records[static_cast<std::size_t>(pass)];
      (pe->last_pass() >= pass ? counts.link : counts.idle) += record.link_wait_asleep();
    }
    all.push_back(counts);
  }
  return all;
}

void SystolicArray::on_falling_edge() {
  const std::int64_t ended = sequencer_.passes_ended();
  if (spans_.passes() == ended && ended < context_.pass_count()) spans_.begin(clock_.edge() + 1, pe_sums());
}

PeSums SystolicArray::pe_sums() const {
  PeSums sums{{0, 0, 0, 0}, 0};
  for (const auto& pe : pes_) {
    const SystolicPeCounts& counts = pe->counts();
    sums.stalls[0] += counts.load;
    sums.stalls[1] += counts.skew;
    sums.stalls[2] += counts.link;
    sums.stalls[3] += counts.weight;
    sums.idle += counts.idle;
  }
  return sums;
}

std::vector<PassActivity> SystolicArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, pe_sums());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    // The rest of the wait passed while the clock slept.
    const std::int64_t asleep = context_.records[pass].link_wait_asleep();
    const auto waiting = std::count_if(pes_.begin(), pes_.end(), [pass](const auto& pe) {
      return pe->last_pass() >= static_cast<std::int64_t>(pass);
    });
    passes[pass].stalls[2] += waiting * asleep;
    passes[pass].idle += (static_cast<std::int64_t>(pes_.size()) - waiting) * asleep;
  }
  return passes;
}

SystolicLinkCounts SystolicArray::link_counts() const {
  SystolicLinkCounts counts;
  for (const auto& pe : pes_) {
    counts.activations += pe->activations();
    counts.weights += pe->weights();
    counts.psums += pe->psums();
  }
  std::int64_t written = 0;
  for (const auto& end : column_ends_) written += end->psums();
  if (context_.array().output_stationary()) {
    counts.bus_psums = north_edge_.psums() + written;
    for (const auto& pe : pes_) counts.accumulator_writes += pe->accumulator_writes();
  } else {
    counts.psums += written;
  }
  return counts;
}

std::string SystolicArray::state() const {
  std::string text = sequencer_.state() + "\n";
  for (const auto& pe : pes_) text += pe->state() + "\n";
  return text;
}

void SystolicArray::trace(sc_core::sc_trace_file* file) const {
  const auto add = [file](const auto& signal) { sc_trace(file, signal.read(), signal.name()); };
  add(load_);
  add(compute_);
  sc_core::sc_trace(file, awaited_.read(), awaited_.name());
  sc_core::sc_trace(file, starved_.read(), starved_.name());
  for (const auto* wires : {&west_, &north_, &east_, &south_}) {
    for (const auto& wire : *wires) trace_operand(file, wire.read(), wire.name(), context_.array().rate.macs);
  }
  for (const auto& wire : psum_in_) add(wire);
  for (const auto& wire : psum_) add(wire);
}

}  // namespace lacuna
