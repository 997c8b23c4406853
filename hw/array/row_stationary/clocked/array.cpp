// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/clocked/array.hpp"

#include <algorithm>

namespace lacuna {

RowStationaryArray::RowStationaryArray(const sc_core::sc_module_name& name, ClockedContext& context,
                                       const CoreClock& clock, const std::vector<PhysicalPe>& places,
                                       const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      psum_out_beat_("psum_out_beat", places.size()),
      ifmap_taken_("ifmap_taken", places.size()),
      psum_taken_("psum_taken", places.size()),
      passes_issued_("passes_issued", places.size()),
      output_taken_("output_taken", static_cast<std::size_t>(context.grid.columns())),
      filter_bus_("filter_bus", context, clock, progress),
      ifmap_bus_("ifmap_bus", context),
      psum_input_bus_("psum_input_bus", context),
      psum_output_bus_("psum_output_bus", context, clock, progress) {
  build_pes(places);
  wire_buses();
  for (std::int64_t pe = 0; pe < context_.grid.pes(); ++pe) wire_pe(pe);
  if (!context_.record_passes) return;
  spans_.begin(0, pe_sums());
  SC_HAS_PROCESS(RowStationaryArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

void RowStationaryArray::build_pes(const std::vector<PhysicalPe>& places) {
  const RowStationaryGrid& grid = context_.grid;
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t i = 0; i < grid.chain(); ++i) {
      for (std::int64_t j = 0; j < grid.e; ++j) {
        const PhysicalPe& place = places[static_cast<std::size_t>(grid.pe(ts, i, j))];
        const std::string label = "pe_" + std::to_string(place.row) + "_" + std::to_string(place.column);
        pes_.push_back(std::make_unique<Pe>(label.c_str(), context_, PePosition{ts, i, j}));
      }
    }
  }
}

void RowStationaryArray::wire_buses() {
  const RowStationaryGrid& grid = context_.grid;
  filter_bus_.clk(clk);
  filter_bus_.passes_allowed(passes_allowed);
  filter_bus_.passes_ended(passes_ended_);
  filter_bus_.passes_issued(passes_issued_);
  filter_bus_.beat(filter_beat_);
  filter_bus_.passes_sent(passes_sent_);

  ifmap_bus_.clk(clk);
  ifmap_bus_.passes_sent(passes_sent_);
  ifmap_bus_.taken(ifmap_taken_);
  ifmap_bus_.beat(ifmap_beat_);

  psum_input_bus_.clk(clk);
  psum_input_bus_.passes_sent(passes_sent_);
  psum_input_bus_.passes_ended(passes_ended_);
  psum_input_bus_.beat(psum_in_beat_);

  psum_output_bus_.clk(clk);
  psum_output_bus_.taken(output_taken_);
  psum_output_bus_.passes_ended(passes_ended_);
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t j = 0; j < grid.e; ++j) {
      const auto column = static_cast<std::size_t>(ts * grid.e + j);
      psum_input_bus_.taken[column](psum_taken_[static_cast<std::size_t>(grid.pe(ts, grid.chain() - 1, j))]);
      psum_output_bus_.beat[column](psum_out_beat_[static_cast<std::size_t>(grid.pe(ts, 0, j))]);
    }
  }
}

void RowStationaryArray::wire_pe(std::int64_t pe) {
  const RowStationaryGrid& grid = context_.grid;
  const auto index = static_cast<std::size_t>(pe);
  Pe& unit = *pes_[index];
  const PePosition& at = unit.position();
  unit.clk(clk);
  unit.filter_bus(filter_beat_);
  unit.ifmap_bus(ifmap_beat_);
  unit.ifmap_taken(ifmap_taken_[index]);
  unit.psum_taken(psum_taken_[index]);
  unit.psum_out(psum_out_beat_[index]);
  unit.passes_issued(passes_issued_[index]);
  if (at.i + 1 == grid.chain()) {
    unit.psum_in(psum_in_beat_);
  } else {
    unit.psum_in(psum_out_beat_[static_cast<std::size_t>(grid.pe(at.ts, at.i + 1, at.j))]);
  }
  if (at.i == 0) {
    unit.psum_out_taken(output_taken_[static_cast<std::size_t>(at.ts * grid.e + at.j)]);
  } else {
    unit.psum_out_taken(psum_taken_[static_cast<std::size_t>(grid.pe(at.ts, at.i - 1, at.j))]);
  }
}

bool RowStationaryArray::quiet() const {
  return filter_bus_.waits_for_link() && psum_output_bus_.passes() == filter_bus_.pass();
}

PeCounts RowStationaryArray::pe_counts(std::int64_t pe) const {
  const Pe& unit = *pes_[static_cast<std::size_t>(pe)];
  PeCounts counts = unit.counts();
  const std::int64_t last = unit.last_active_pass();
  for (std::int64_t pass = 0; pass < context_.pass_count(); ++pass) {
    const PassRecord& record = context_.records[static_cast<std::size_t>(pass)];
    if (pass <= last) {
      // The PE saw the awake part as waiting for filters; the rest passed while its clock slept.
      counts.wait_filter -= record.link_wait_awake;
      counts.wait_link += record.link_wait();
    } else {
      counts.idle += record.link_wait() - record.link_wait_awake;
    }
  }
  return counts;
}

void RowStationaryArray::on_falling_edge() {
  if (spans_.passes() == filter_bus_.pass() && filter_bus_.next_takes_over()) {
    spans_.begin(clock_.edge() + 1, pe_sums());
  }
}

/// As the PEs see it: waiting for the DRAM link is waiting for filters.
PeSums RowStationaryArray::pe_sums() const {
  PeSums sums{{0, 0, 0, 0}, 0};
  for (const auto& pe : pes_) {
    const PeCounts& counts = pe->counts();
    sums.stalls[0] += counts.wait_filter;
    sums.stalls[1] += counts.wait_ifmap;
    sums.stalls[2] += counts.wait_psum;
    sums.idle += counts.idle;
  }
  return sums;
}

std::vector<PassActivity> RowStationaryArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(cycles(), pe_sums());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    const PassRecord& record = context_.records[pass];
    const auto waiting = std::count_if(pes_.begin(), pes_.end(), [pass](const auto& pe) {
      return pe->last_active_pass() >= static_cast<std::int64_t>(pass);
    });
    passes[pass].stalls[0] -= waiting * record.link_wait_awake;
    passes[pass].stalls[3] += waiting * record.link_wait();
    passes[pass].idle += (context_.grid.pes() - waiting) * (record.link_wait() - record.link_wait_awake);
  }
  return passes;
}

std::int64_t RowStationaryArray::progress() const {
  std::int64_t sum =
      filter_bus_.progress() + ifmap_bus_.progress() + psum_input_bus_.progress() + psum_output_bus_.progress();
  for (const auto& pe : pes_) sum += pe->progress();
  return sum;
}

std::string RowStationaryArray::state() const {
  std::string text = filter_bus_.state() + "\n" + ifmap_bus_.state() + "\n" + psum_input_bus_.state() + "\n" +
                     psum_output_bus_.state() + "\n";
  for (const auto& pe : pes_) text += pe->state() + "\n";
  return text;
}

void RowStationaryArray::trace(sc_core::sc_trace_file* file) const {
  const auto add = [file](const auto& signal) { sc_trace(file, signal.read(), signal.name()); };
  add(filter_beat_);
  add(ifmap_beat_);
  add(psum_in_beat_);
  add(passes_sent_);
  add(passes_ended_);
  for (const auto& signal : psum_out_beat_) add(signal);
  for (const auto& signal : ifmap_taken_) add(signal);
  for (const auto& signal : psum_taken_) add(signal);
  for (const auto& signal : passes_issued_) add(signal);
  for (const auto& signal : output_taken_) add(signal);
}

}  // namespace lacuna
