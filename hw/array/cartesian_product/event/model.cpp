// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/model.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/tiled_event.hpp"

namespace lacuna {

CartesianEvent::CartesianEvent(const sc_core::sc_module_name& name, const CartesianSchedule& schedule,
                               const ArraySetup& setup)
    : CartesianEvent(name, schedule, setup,
                     perturbed(CartesianTimingParameters(schedule.array, decoding_of(setup)), setup)) {}

CartesianEvent::CartesianEvent(const sc_core::sc_module_name& name, const CartesianSchedule& schedule,
                               const ArraySetup& setup, const CartesianTimingParameters& parameters)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      parameters_(parameters),
      array_(parameters.shape()),
      record_passes_(setup.record_passes),
      tile_writer_(setup.event_tile_writer),
      work_(schedule, parameters, setup),
      pe_edges_(static_cast<std::size_t>(array_.pes()), 0) {
  events_.from_store = schedule.stored;
}

void CartesianEvent::run_pass(std::int64_t allowed) {
  const TiledPass& running = schedule_.at(pass());
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  const CartesianPassWork work = work_.run(pass());
  time(running, work, allowed);
  psums().add(products_of(running));
  count(running, work);
}

void CartesianEvent::time(const TiledPass& running, const CartesianPassWork& work, std::int64_t allowed) {
  PassRecord& own = record();
  const CartesianGrid grid(array_, schedule_.shape(), schedule_.ofmap_tile(running).rows);
  const std::int64_t drain = running.filters * grid.largest_region() * parameters_.sum_edges;
  const std::int64_t free = own.start_without_link;
  own.start = std::max(free, allowed);
  if (tile_writer_ != nullptr) {
    const bool held = tile_writer_->holds(running.filter_tile);
    const std::int64_t stored = held ? 0 : work_.stored_weights(running);
    arrival_ = tile_writer_->begin(parameters_.store, running.filter_tile, stored);
  }
  computed_ = own.start + arrival_.wait + work.edges - 1;
  own.filters_sent = tile_writer_ != nullptr ? own.start + arrival_.written : computed_;
  const std::int64_t drained_before = pass() == 0 ? -1 : record(-1).end;
  const bool overlap = !is_last() && overlaps(pass() + 1);
  const CartesianPassEnd ends = end_of_pass(computed_, drained_before, drain, overlap);
  own.end = ends.end;
  if (!is_last()) record(1).start_without_link = ends.next;
}

void CartesianEvent::count(const TiledPass& running, const CartesianPassWork& work) {
  const std::int64_t sums = running.filters * running.pixels;
  count_psums(sums, running.first_taps);
  events_.activation_vectors += work.activation_vectors;
  events_.broadcasts += work.broadcasts;
  events_.fifo_writes += work.fifo_writes;
  events_.pairs += work.pairs;
  events_.sums_sent += running.filters * schedule_.grid(running).sums_sent();
  events_.ofmap_words += sums;
  events_.macs_skipped += schedule_.macs(running) - work.products + work.dropped;
  const std::int64_t worked = std::accumulate(work.pe_edges.begin(), work.pe_edges.end(), std::int64_t{0});
  for (std::size_t pe = 0; pe < pe_edges_.size(); ++pe) pe_edges_[pe] += work.pe_edges[pe];
  compute_edges_ += work.edges;
  link_edges_ += record().link_wait();
  weight_edges_ += arrival_.wait;
  if (!record_passes_) return;
  Span span;
  span.computed = computed_;
  span.wait = arrival_.wait;
  span.lane = work.pairs * array_.multipliers() - work.products;
  span.bank = worked - work.pairs;
  span.barrier = covered() * work.edges - worked;
  spans_.push_back(span);
}

std::int64_t CartesianEvent::covered() const { return schedule_.active_pes / schedule_.array.multipliers(); }

std::vector<PassActivity> CartesianEvent::pass_activity() const {
  const std::int64_t multipliers = schedule_.array.multipliers();
  std::vector<PassActivity> passes(spans_.size());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    const PassRecord& record = records()[pass];
    const Span& from = spans_[pass];
    PassActivity& span = passes[pass];
    const std::int64_t next = pass + 1 == passes.size() ? record.end + 1 : records()[pass + 1].start_without_link;
    span.first = record.start_without_link;
    span.edges = next - span.first;
    span.stalls = {from.lane,
                   multipliers * from.bank,
                   multipliers * from.barrier,
                   multipliers * covered() * (next - 1 - from.computed),
                   multipliers * covered() * record.link_wait(),
                   multipliers * covered() * from.wait};
    span.idle = (schedule_.array.pes() - covered()) * multipliers * span.edges;
  }
  return passes;
}

ArrayActivity CartesianEvent::activity() const {
  const std::int64_t edges = records().back().end + 1;
  std::vector<CartesianPeCounts> pes;
  const std::vector<std::vector<CartesianMultiplier>> multipliers = work_.multipliers();
  for (std::size_t index = 0; index < multipliers.size(); ++index) {
    CartesianPeCounts pe;
    pe.multipliers = multipliers[index];
    if (schedule_.covers(static_cast<std::int64_t>(index))) {
      const CartesianMultiplier& any = pe.multipliers.front();
      pe.bank = pe_edges_[index] - any.performed - any.gated - any.lane;
      pe.barrier = compute_edges_ - pe_edges_[index];
      pe.link = link_edges_;
      pe.weight = weight_edges_;
      pe.drain = edges - compute_edges_ - link_edges_ - weight_edges_;
    } else {
      pe.idle = edges;
    }
    pe.multipliers.resize(static_cast<std::size_t>(schedule_.array.multipliers()));
    pes.push_back(pe);
  }
  pes.resize(static_cast<std::size_t>(schedule_.array.pes()), pes.back());
  ArrayActivity activity = cartesian_activity(schedule_.array, pes, events_, mac_events());
  if (record_passes_) activity.passes = pass_activity();
  return activity;
}

}  // namespace lacuna
