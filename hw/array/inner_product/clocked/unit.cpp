// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/unit.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

InnerProductUnit::InnerProductUnit(const sc_core::sc_module_name& name, const InnerProductContext& context,
                                   std::int64_t window, std::int64_t filter)
    : sc_core::sc_module(name),
      activation("activation", static_cast<std::size_t>(context.array().width())),
      weight("weight", activation.size()),
      context_(context),
      window_(window),
      filter_(filter),
      last_pass_(static_cast<std::size_t>(context.array().lanes), -1),
      performed_(last_pass_.size(), 0),
      gated_(last_pass_.size(), 0),
      worked_(context.array().lanes),
      held_(context.array().lanes),
      turn_(context.array().lanes),
      tree_(context.array().lanes),
      link_(context.array().lanes),
      weight_(context.array().lanes) {
  for (std::int64_t pass = 0; pass < context.pass_count(); ++pass) {
    const InnerProductDeal& deal = context.deal(pass);
    if (takes_part(deal)) std::fill_n(last_pass_.begin(), deal.lanes, pass);
  }
  SC_HAS_PROCESS(InnerProductUnit);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void InnerProductUnit::on_edge() {
  if (awaited.read() >= 0) wait(awaited.read(), link_);
  if (undecoded.read() >= 0) wait(undecoded.read(), weight_);
  const InnerProductStep& now = step.read();
  if (!now.active()) return;
  ++edges_;
  if (now.begins(window_)) begin(now);
  spend(now);
  if (left_ > 0 && --left_ == 0 && works_) pipe_.emplace_back(edges_ + context_.array().tree_latency, made_);
  move_sums();
}

void InnerProductUnit::wait(std::int64_t pass, LaneEdges& cause) {
  ++edges_;
  // A lane that takes part comes after all those before it.
  cause.add(std::count_if(last_pass_.begin(), last_pass_.end(), [pass](std::int64_t last) { return last >= pass; }));
}

void InnerProductUnit::begin(const InnerProductStep& now) {
  const InnerProductDeal& deal = context_.deal(now.pass);
  const InnerProductIssue issue = deal.issue(now.number);
  const std::int64_t pixel = now.window == InnerProductStep::kAll ? window_ : 0;  // of the pallet
  left_ = deal.cycles;
  works_ = pixel < issue.windows && filter_ < deal.filters_at(issue.fold);
  if (!works_) return;
  lanes_busy_ = ceil_div(deal.words_at(issue.step), context_.array().rate.macs);
  made_.pass = now.pass;
  made_.filter = context_.pass(now.pass).filter + issue.fold * deal.filters_a_fold + filter_;
  made_.pixel = context_.pass(now.pass).pixel + issue.pixel + pixel;
  made_.first = issue.step == 0;
  made_.last = issue.step + 1 == deal.steps;
  multiply(deal, issue.step);
}

void InnerProductUnit::multiply(const InnerProductDeal& deal, std::int64_t step) {
  const std::int64_t macs = context_.array().rate.macs;
  ++made_.sequence;
  made_.word = 0;
  for (std::int64_t word = 0; word < deal.words_at(step); ++word) {
    const Word a = activation[static_cast<std::size_t>(word)].read();
    const Word w = weight[static_cast<std::size_t>(word)].read();
    const bool gated = context_.gates(a, w);
    ++(gated ? gated_ : performed_)[static_cast<std::size_t>(word / macs)];
    if (!gated) made_.word = context_.mac->step(a, w, made_.word);
  }
}

void InnerProductUnit::spend(const InnerProductStep& now) {
  const InnerProductDeal& deal = context_.deal(now.pass);
  if (left_ > 0 && works_) {
    worked_.add(lanes_busy_);
    held_.add(deal.lanes);
  } else if (left_ == 0 && takes_part(deal)) {
    (now.drains ? tree_ : turn_).add(deal.lanes);
  }
}

void InnerProductUnit::move_sums() {
  if (pipe_.empty() || pipe_.front().first > edges_) return;
  sum.write(pipe_.front().second);
  pipe_.pop_front();
}

std::vector<InnerProductPeCounts> InnerProductUnit::counts() const {
  const std::vector<std::int64_t> worked = worked_.by_lane();
  const std::vector<std::int64_t> held = held_.by_lane();
  const std::vector<std::int64_t> turn = turn_.by_lane();
  const std::vector<std::int64_t> tree = tree_.by_lane();
  const std::vector<std::int64_t> link = link_.by_lane();
  const std::vector<std::int64_t> weight = weight_.by_lane();
  std::vector<InnerProductPeCounts> all(worked.size());
  for (std::size_t lane = 0; lane < all.size(); ++lane) {
    InnerProductPeCounts& counts = all[lane];
    counts.performed = performed_[lane];
    counts.gated = gated_[lane];
    counts.busy = worked[lane];
    counts.lane = held[lane] - worked[lane];
    counts.turn = turn[lane];
    counts.tree = tree[lane];
    counts.link = link[lane];
    counts.weight = weight[lane];
    counts.idle = edges_ - held[lane] - turn[lane] - tree[lane] - link[lane] - weight[lane];
  }
  return all;
}

std::string InnerProductUnit::state() const {
  std::ostringstream out;
  out << name() << ": edges left " << left_ << ", sums on their way " << pipe_.size();
  return out.str();
}

}  // namespace lacuna
