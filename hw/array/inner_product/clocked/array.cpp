// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/array.hpp"

namespace lacuna {

InnerProductArray::InnerProductArray(const sc_core::sc_module_name& name, InnerProductContext& context,
                                     const CoreClock& clock, const std::function<void()>& progress)
    : ClockedLanes(name, context, clock),
      context_(context),
      activation_("activation", static_cast<std::size_t>(context.array().windows * context.array().width())),
      weight_("weight", static_cast<std::size_t>(context.array().filters * context.array().width())),
      sum_("sum", static_cast<std::size_t>(context.array().windows * context.array().filters)),
      sequencer_("sequencer", context, clock, progress) {
  follow(sequencer_);
  sequencer_.step(step_);
  sequencer_.activation(activation_);
  sequencer_.weight(weight_);
  for (std::int64_t filter = 0; filter < context.array().filters; ++filter) wire_filter(filter);
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
  wire(unit);
  unit.step(step_);
  for (std::size_t word = 0; word < width; ++word) {
    unit.activation[word](activation_[static_cast<std::size_t>(window) * width + word]);
    unit.weight[word](weight_[static_cast<std::size_t>(filter) * width + word]);
  }
  unit.sum(sum_[unit_index(window, filter)]);
}

std::vector<InnerProductArray::Pe> InnerProductArray::pes() const {
  const InnerProductShape& array = context_.array();
  std::vector<Pe> all(static_cast<std::size_t>(array.rows() * array.filters));
  for (std::int64_t window = 0; window < array.windows; ++window) {
    for (std::int64_t filter = 0; filter < array.filters; ++filter) {
      const InnerProductUnit& unit = *units_[unit_index(window, filter)];
      const std::vector<InnerProductPeCounts> counts = unit.counts();
      for (std::size_t lane = 0; lane < counts.size(); ++lane) {
        const std::int64_t row = window * array.lanes + static_cast<std::int64_t>(lane);
        all[static_cast<std::size_t>(row * array.filters + filter)] = {counts[lane], unit.last_pass(lane)};
      }
    }
  }
  return all;
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
  trace_waits(file);
  for (const auto& wire : activation_) sc_core::sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : weight_) sc_core::sc_trace(file, wire.read(), wire.name());
  for (const auto& wire : sum_) sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
