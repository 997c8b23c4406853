// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/model.hpp"

#include "hw/array/systolic/event/pass_stalls.hpp"

namespace lacuna {

SystolicEvent::SystolicEvent(const sc_core::sc_module_name& name, const SystolicSchedule& schedule,
                             const ArraySetup& setup)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      timeline_(perturbed(SystolicTimingParameters(
                              schedule.array, setup.decoding != nullptr ? *setup.decoding : WeightDecoderParameters()),
                          setup),
                setup.event_decoder),
      gating_(schedule, setup),
      tally_(schedule.array),
      decodes_(setup.event_decoder != nullptr),
      record_passes_(setup.record_passes) {}

void SystolicEvent::run_pass(std::int64_t allowed) {
  const auto index = static_cast<std::size_t>(pass());
  const SystolicPass& running = schedule_.pass_list[index];
  const SystolicFold fold(schedule_.array, running);
  const SystolicPassEdges& edges = timeline_.next(running, allowed);
  record() = edges.record;
  if (record_passes_) edges_.push_back(edges);
  make_products(running);
  links_.accumulator_writes += gating_.count(running, fold, tally_.add(fold, edges));
  count_words(running, fold);
  if (!is_last() && !schedule_.pass_list[index + 1].overlaps) record(1).start_without_link = edges.record.end + 1;
}

void SystolicEvent::make_products(const SystolicPass& pass) {
  operands().expect(schedule_.ifmap_tile(pass), pass.filter_tile);
  psums().add({pass.ofmap_tile, pass.filter, pass.filters, pass.tap, pass.taps, pass.pixel, pass.pixels});
}

void SystolicEvent::count_words(const SystolicPass& pass, const SystolicFold& fold) {
  buffer().ifmap.count(pass.taps * pass.pixels, 0);
  if (!decodes_) buffer().filter.count(pass.taps * pass.filters, 0);
  const std::int64_t psums = pass.filters * pass.pixels;
  count_psums(psums, pass.first_taps);

  const std::int64_t issued = fold.rows * fold.columns * fold.macs();
  if (schedule_.array.output_stationary()) {
    links_.activations += issued;
    links_.weights += issued;
    links_.bus_psums += 2 * psums;
    return;
  }
  // What row i holds is shifted i + 1 times.
  const std::int64_t shifted = fold.columns * fold.rows * (fold.rows + 1) / 2 * fold.rate.macs;
  const bool weights_stay = schedule_.array.dataflow == SystolicDataflow::weight_stationary;
  links_.activations += weights_stay ? issued : shifted;
  links_.weights += weights_stay ? shifted : issued;
  links_.psums += fold.rows * fold.columns * fold.steps + psums;
}

ArrayActivity SystolicEvent::activity() const {
  ArrayActivity activity = systolic_activity(schedule_.array, tally_.pes(), links_, mac_events());
  if (record_passes_) activity.passes = systolic_pass_activity(schedule_, edges_);
  return activity;
}

}  // namespace lacuna
