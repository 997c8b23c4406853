// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/array.hpp"

namespace lacuna {

LaneSkipArray::LaneSkipArray(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                             const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      lane_("lane", static_cast<std::size_t>(context.array().lanes)),
      sum_("sum", static_cast<std::size_t>(context.array().lanes * context.array().columns)),
      dispatcher_("dispatcher", context, clock, progress) {
  dispatcher_.clk(clk);
  dispatcher_.passes_allowed(passes_allowed);
  dispatcher_.step(step_);
  dispatcher_.awaited(awaited_);
  dispatcher_.undecoded(undecoded_);
  dispatcher_.windows(windows_);
  dispatcher_.lane(lane_);
  for (std::int64_t unit = 0; unit < context.array().units(); ++unit) wire_unit(unit);
  if (!context_.record_passes) return;
  spans_.begin(0, pe_sums());
  SC_HAS_PROCESS(LaneSkipArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

LaneSkipArray::~LaneSkipArray() {
  // Last in, first out: the kernel looks for what goes from the end of its lists.
  while (!units_.empty()) units_.pop_back();
  while (!subunits_.empty()) subunits_.pop_back();
}

void LaneSkipArray::wire_unit(std::int64_t unit) {
  const LaneSkipShape& array = context_.array();
  const auto sums_of_lane = static_cast<std::size_t>(array.filter_lanes);
  const auto first = static_cast<std::size_t>(unit * array.lanes) * sums_of_lane;
  for (std::int64_t lane = 0; lane < array.lanes; ++lane) {
    const std::string label = "subunit_" + std::to_string(unit) + "_" + std::to_string(lane);
    subunits_.push_back(std::make_unique<LaneSkipSubunit>(label.c_str(), context_, unit, lane));
    LaneSkipSubunit& subunit = *subunits_.back();
    subunit.clk(clk);
    subunit.step(step_);
    subunit.awaited(awaited_);
    subunit.undecoded(undecoded_);
    subunit.neuron(lane_[static_cast<std::size_t>(lane)]);
    for (std::size_t f = 0; f < sums_of_lane; ++f) {
      subunit.sum[f](sum_[first + static_cast<std::size_t>(lane) * sums_of_lane + f]);
    }
  }
  const std::string label = "unit_" + std::to_string(unit);
  units_.push_back(std::make_unique<LaneSkipUnit>(label.c_str(), context_, unit));
  LaneSkipUnit& end = *units_.back();
  end.windows(windows_);
  for (std::size_t from = 0; from < end.sum.size(); ++from) end.sum[from](sum_[first + from]);
}

std::vector<LaneSkipPeCounts> LaneSkipArray::pe_counts() const {
  const LaneSkipShape& array = context_.array();
  std::vector<LaneSkipPeCounts> all;
  for (std::int64_t lane = 0; lane < array.lanes; ++lane) {
    for (std::int64_t column = 0; column < array.columns; ++column) {
      const LaneSkipSubunit& of = subunit(lane, column / array.filter_lanes);
      const auto filter_lane = static_cast<std::size_t>(column % array.filter_lanes);
      LaneSkipPeCounts counts = of.counts()[filter_lane];
      for (std::int64_t pass = 0; pass < context_.pass_count(); ++pass) {
        // The rest of the wait passed while the clock slept.
        const std::int64_t asleep = context_.records[static_cast<std::size_t>(pass)].link_wait_asleep();
        (of.last_pass(filter_lane) >= pass ? counts.link : counts.idle) += asleep;
      }
      all.push_back(counts);
    }
  }
  return all;
}

void LaneSkipArray::on_falling_edge() {
  const std::int64_t ended = dispatcher_.passes_ended();
  if (spans_.passes() == ended && ended < context_.pass_count()) spans_.begin(clock_.edge() + 1, pe_sums());
}

PeSums LaneSkipArray::pe_sums() const {
  PeSums sums{{0, 0, 0, 0}, 0};
  for (const auto& subunit : subunits_) {
    for (const LaneSkipPeCounts& counts : subunit->counts()) {
      sums.stalls[0] += counts.brick;
      sums.stalls[1] += counts.lane;
      sums.stalls[2] += counts.link;
      sums.stalls[3] += counts.weight;
      sums.idle += counts.idle;
    }
  }
  return sums;
}

std::vector<PassActivity> LaneSkipArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, pe_sums());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    // The rest of the wait passed while the clock slept.
    const std::int64_t asleep = context_.records[pass].link_wait_asleep();
    for (const auto& subunit : subunits_) {
      for (std::size_t f = 0; f < subunit->counts().size(); ++f) {
        const bool waits = subunit->last_pass(f) >= static_cast<std::int64_t>(pass);
        (waits ? passes[pass].stalls[2] : passes[pass].idle) += asleep;
      }
    }
  }
  return passes;
}

LaneSkipEvents LaneSkipArray::events() const {
  LaneSkipEvents events = dispatcher_.events();
  for (const auto& subunit : subunits_) events.rows_read += subunit->rows_read();
  for (const auto& unit : units_) {
    events.sums += unit->sums();
    events.encoded += unit->encoded();
  }
  return events;
}

std::string LaneSkipArray::state() const {
  std::string text = dispatcher_.state() + "\n";
  for (const auto& subunit : subunits_) text += subunit->state() + "\n";
  for (const auto& unit : units_) text += unit->state() + "\n";
  return text;
}

void LaneSkipArray::trace(sc_core::sc_trace_file* file) const {
  sc_trace(file, step_.read(), step_.name());
  sc_core::sc_trace(file, awaited_.read(), awaited_.name());
  sc_core::sc_trace(file, undecoded_.read(), undecoded_.name());
  sc_core::sc_trace(file, windows_.read(), windows_.name());
  for (const auto& wire : lane_) sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : sum_) sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
