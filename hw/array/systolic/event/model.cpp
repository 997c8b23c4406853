// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/model.hpp"

namespace lacuna {

namespace {

SystolicTimingParameters parameters_of(const SystolicSchedule& schedule, const ArraySetup& setup) {
  SystolicTimingParameters parameters(schedule.array);
  if (setup.perturb) setup.perturb(parameters);
  return parameters;
}

}  // namespace

SystolicEvent::SystolicEvent(const sc_core::sc_module_name& name, const SystolicSchedule& schedule,
                             const ArraySetup& setup)
    : sc_core::sc_module(name),
      schedule_(schedule),
      datapath_(*setup.datapath),
      buffer_(*setup.buffer),
      operands_(*setup.operands),
      psums_(*setup.psums),
      period_(setup.period),
      progress_(setup.progress),
      timeline_(schedule.array, parameters_of(schedule, setup)),
      gating_(schedule, *setup.mac, *setup.operands),
      tally_(schedule.array),
      records_(schedule.pass_list.size()) {
  records_.front().start_without_link = 0;
  SC_HAS_PROCESS(SystolicEvent);
  SC_METHOD(on_allowed);
  sensitive << passes_allowed;
}

void SystolicEvent::on_allowed() {
  // The port changes half a period before the edge from which the words may be used: the next one to come.
  const auto edge = static_cast<std::int64_t>(sc_core::sc_time_stamp().value() / period_.value());
  while (pass_ < static_cast<std::int64_t>(passes_allowed.read())) run_pass(edge);
}

void SystolicEvent::run_pass(std::int64_t allowed) {
  const auto index = static_cast<std::size_t>(pass_);
  const SystolicPass& pass = schedule_.pass_list[index];
  const SystolicFold fold(schedule_.array, pass);
  const SystolicPassEdges& edges = timeline_.next(pass, fold, allowed);
  records_[index] = edges.record;
  make_products(pass);
  gating_.count(pass, fold, tally_.add(fold, edges));
  count_words(pass, fold);
  ++pass_;
  if (pass_ < schedule_.passes && !schedule_.pass_list[index + 1].overlaps) {
    records_[index + 1].start_without_link = edges.record.end + 1;
  }
  progress_();
}

void SystolicEvent::make_products(const SystolicPass& pass) {
  operands_.expect(schedule_.ifmap_tile(pass), pass.filter_tile);
  psums_.add({pass.ofmap_tile, pass.filter, pass.filters, pass.tap, pass.taps, pass.pixel, pass.pixels});
}

void SystolicEvent::count_words(const SystolicPass& pass, const SystolicFold& fold) {
  buffer_.ifmap.count(pass.taps * pass.pixels, 0);
  buffer_.filter.count(pass.taps * pass.filters, 0);
  const std::int64_t psums = pass.filters * pass.pixels;
  buffer_.psum.count(pass.first_taps ? 0 : psums, psums);
  if (pass.first_taps) buffer_.count_zero_psums(psums);

  const std::int64_t issued = fold.rows * fold.columns * fold.steps;
  if (schedule_.array.output_stationary()) {
    links_.activations += issued;
    links_.weights += issued;
    links_.bus_psums += 2 * psums;
    return;
  }
  // The word of row i is shifted i + 1 times.
  const std::int64_t shifted = fold.columns * fold.rows * (fold.rows + 1) / 2;
  const bool weights_stay = schedule_.array.dataflow == SystolicDataflow::weight_stationary;
  links_.activations += weights_stay ? issued : shifted;
  links_.weights += weights_stay ? shifted : issued;
  links_.psums += issued + psums;
}

ArrayActivity SystolicEvent::activity() const {
  const std::vector<SystolicPeCounts> pes = tally_.pes();
  SystolicLinkCounts links = links_;
  if (schedule_.array.output_stationary()) {
    for (const SystolicPeCounts& pe : pes) links.accumulator_writes += pe.performed;
  }
  return systolic_activity(schedule_.array, pes, links, datapath_.events());
}

std::string SystolicEvent::state() const {
  return std::string(name()) + ": pass " + std::to_string(pass_) + " of " + std::to_string(schedule_.passes) +
         ", passes allowed " + std::to_string(passes_allowed.read()) + "\n";
}

}  // namespace lacuna
