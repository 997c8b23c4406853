// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/unit.hpp"

namespace lacuna {

LaneSkipUnit::LaneSkipUnit(const sc_core::sc_module_name& name, const LaneSkipContext& context, std::int64_t unit)
    : sc_core::sc_module(name),
      sum("sum", static_cast<std::size_t>(context.array().lanes * context.array().filter_lanes)),
      context_(context),
      first_column_(unit * context.array().filter_lanes),
      seen_(sum.size(), 0) {
  SC_HAS_PROCESS(LaneSkipUnit);
  SC_METHOD(on_change);
  sensitive << windows;
  for (auto& port : sum) sensitive << port;
  dont_initialize();
}

void LaneSkipUnit::on_change() {
  for (std::size_t from = 0; from < sum.size(); ++from) {
    const LaneSkipSum& arrived = sum[from].read();
    if (arrived.sequence == seen_[from]) continue;
    seen_[from] = arrived.sequence;
    Sums& of_window = waiting_[arrived.window];
    of_window.resize(sum.size(), 0);
    of_window[from] = context_.faults->psum_link.pass(arrived.word);
  }
  while (ended_ < windows.read()) end_window();
}

/// What a lane has sent nothing for is zero.
void LaneSkipUnit::end_window() {
  const TiledPass& pass = context_.pass(pass_);
  const LaneSkipDeal& deal = context_.deal(pass_);
  const std::int64_t fold = place_ / pass.pixels;
  Sums& of_lanes = waiting_[ended_];
  of_lanes.resize(sum.size(), 0);
  for (std::size_t f = 0; f < static_cast<std::size_t>(context_.array().filter_lanes); ++f) {
    if (first_column_ + static_cast<std::int64_t>(f) < context_.filters(pass_, fold)) add(pass, fold, f, of_lanes);
  }
  waiting_.erase(ended_++);
  if (++place_ < deal.folds * pass.pixels) return;
  place_ = 0;
  ++pass_;
}

void LaneSkipUnit::add(const TiledPass& pass, std::int64_t fold, std::size_t filter_lane, const Sums& of_lanes) {
  const std::int64_t column = first_column_ + static_cast<std::int64_t>(filter_lane);
  const std::int64_t filter = pass.filter + fold * context_.array().columns + column;
  const std::int64_t address = context_.schedule->psum_address(pass, filter, pass.pixel + place_ % pass.pixels);
  Word psum = context_.read_psum(pass, address);
  for (std::int64_t lane = 0; lane < context_.deal(pass_).lanes; ++lane) {
    const auto from = static_cast<std::size_t>(lane * context_.array().filter_lanes) + filter_lane;
    psum = accumulate(context_.arithmetic, psum, of_lanes[from]);
  }
  context_.write_psum(address, psum);
  ++sums_;
  if (context_.schedule->encodes && context_.schedule->last_taps(pass)) ++encoded_;
}

std::string LaneSkipUnit::state() const {
  return std::string(name()) + ": windows ended " + std::to_string(ended_) + ", waiting " +
         std::to_string(waiting_.size());
}

}  // namespace lacuna
