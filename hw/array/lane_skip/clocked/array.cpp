// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/array.hpp"

namespace lacuna {

LaneSkipArray::LaneSkipArray(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                             const std::function<void()>& progress)
    : ClockedLanes(name, context, clock),
      context_(context),
      lane_("lane", static_cast<std::size_t>(context.array().lanes)),
      sum_("sum", static_cast<std::size_t>(context.array().lanes * context.array().columns)),
      dispatcher_("dispatcher", context, clock, progress) {
  follow(dispatcher_);
  dispatcher_.step(step_);
  dispatcher_.windows(windows_);
  dispatcher_.lane(lane_);
  for (std::int64_t unit = 0; unit < context.array().units(); ++unit) wire_unit(unit);
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
    wire(subunit);
    subunit.step(step_);
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

std::vector<LaneSkipArray::Pe> LaneSkipArray::pes() const {
  const LaneSkipShape& array = context_.array();
  std::vector<Pe> all;
  for (std::int64_t lane = 0; lane < array.lanes; ++lane) {
    for (std::int64_t column = 0; column < array.columns; ++column) {
      const LaneSkipSubunit& of = subunit(lane, column / array.filter_lanes);
      const auto filter_lane = static_cast<std::size_t>(column % array.filter_lanes);
      all.push_back({of.counts()[filter_lane], of.last_pass(filter_lane)});
    }
  }
  return all;
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
  trace_waits(file);
  sc_core::sc_trace(file, windows_.read(), windows_.name());
  for (const auto& wire : lane_) sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : sum_) sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
