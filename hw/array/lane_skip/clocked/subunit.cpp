// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/subunit.hpp"

#include <sstream>

namespace lacuna {

LaneSkipSubunit::LaneSkipSubunit(const sc_core::sc_module_name& name, const LaneSkipContext& context, std::int64_t unit,
                                 std::int64_t lane)
    : sc_core::sc_module(name),
      sum("sum", static_cast<std::size_t>(context.array().filter_lanes)),
      context_(context),
      first_column_(unit * context.array().filter_lanes),
      lane_(lane),
      last_pass_(sum.size(), -1),
      counts_(sum.size()),
      sums_(sum.size(), 0) {
  for (std::int64_t pass = 0; pass < context.pass_count(); ++pass) {
    if (lane_ >= context.deal(pass).lanes) continue;
    for (std::size_t f = 0; f < sum.size(); ++f) {
      if (first_column_ + static_cast<std::int64_t>(f) < context.deal(pass).columns) last_pass_[f] = pass;
    }
  }
  SC_HAS_PROCESS(LaneSkipSubunit);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void LaneSkipSubunit::on_edge() {
  if (awaited.read() >= 0) count_wait(awaited.read(), &LaneSkipPeCounts::link);
  if (undecoded.read() >= 0) count_wait(undecoded.read(), &LaneSkipPeCounts::weight);
  const LaneSkipStep now = step.read();
  if (!now.active()) return;
  const std::int64_t filters = lane_ < context_.deal(now.pass).lanes ? context_.filters(now.pass, now.fold) : 0;
  const LaneSkipNeuron& given = neuron.read();
  if (given.kind == LaneSkipNeuron::neuron && first_column_ < filters) ++rows_read_;
  for (std::size_t f = 0; f < sum.size(); ++f) {
    const std::int64_t column = first_column_ + static_cast<std::int64_t>(f);
    LaneSkipPeCounts& counts = counts_[f];
    if (column >= filters) {
      ++counts.idle;
      continue;
    }
    if (given.kind == LaneSkipNeuron::neuron) {
      issue(f, column);
    } else {
      ++(given.kind == LaneSkipNeuron::empty_brick ? counts.brick : counts.lane);
    }
    if (given.last) send(f);
  }
}

void LaneSkipSubunit::count_wait(std::int64_t pass, std::int64_t LaneSkipPeCounts::*cause) {
  for (std::size_t f = 0; f < sum.size(); ++f) {
    ++(last_pass_[f] >= pass ? counts_[f].*cause : counts_[f].idle);
  }
}

void LaneSkipSubunit::issue(std::size_t filter_lane, std::int64_t column) {
  const LaneSkipNeuron& given = neuron.read();
  const LaneSkipStep now = step.read();
  const TiledPass& pass = context_.pass(now.pass);
  const std::int64_t filter = pass.filter + now.fold * context_.array().columns + column;
  const std::int64_t address = context_.schedule->filter_address(pass, pass.tap + given.tap, filter);
  const Word weight = context_.faults->filter_path.pass(context_.peek_filter(address));
  const bool gated = context_.gates(given.word, weight);
  ++(gated ? counts_[filter_lane].gated : counts_[filter_lane].performed);
  if (!gated) sums_[filter_lane] = context_.mac->step(given.word, weight, sums_[filter_lane]);
}

void LaneSkipSubunit::send(std::size_t filter_lane) {
  auto& port = sum[filter_lane];
  port.write({port.read().sequence + 1, neuron.read().window, sums_[filter_lane]});
  sums_[filter_lane] = 0;
}

std::string LaneSkipSubunit::state() const {
  std::ostringstream out;
  out << name() << ": rows read " << rows_read_ << "; given " << neuron.read();
  return out.str();
}

}  // namespace lacuna
