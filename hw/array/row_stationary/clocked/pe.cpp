// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/clocked/pe.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

Pe::Pe(const sc_core::sc_module_name& name, const ClockedContext& context, const PePosition& position)
    : sc_core::sc_module(name),
      context_(context),
      at_(position),
      filter_row_(static_cast<std::int32_t>(position.ts * context.grid.chain() + position.i)),
      ifmap_tag_(ifmap_tag(position.i / context.grid.R, context.grid.row_of(position.i, position.j))),
      column_(static_cast<std::int32_t>(position.ts * context.grid.e + position.j)),
      filter_spad_(static_cast<std::size_t>(context.units.filter_spad_words)),
      ifmap_fifo_(context.units.ifmap_fifo_words),
      ifmap_spad_(static_cast<std::size_t>(context.units.ifmap_spad_words)),
      psum_spad_(static_cast<std::size_t>(context.units.psum_spad_words)),
      psum_fifo_(context.units.psum_fifo_beats),
      up_(position.i == 0 ? context.units.output_fifo_beats : context.units.psum_fifo_beats) {
  SC_HAS_PROCESS(Pe);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
  pass_ = next_active(0);
  combine_pass_ = pass_;
  begin_pass();
}

std::int64_t Pe::next_active(std::int64_t pass) const {
  while (pass < context_.pass_count() && at_.j >= context_.pass(pass).ev) ++pass;
  return pass;
}

std::int64_t Pe::last_active_pass() const {
  for (std::int64_t pass = context_.pass_count() - 1; pass >= 0; --pass) {
    if (at_.j < context_.pass(pass).ev) return pass;
  }
  return -1;
}

void Pe::begin_pass() {
  image_ = window_ = tap_ = f_ = 0;
  if (pass_ == context_.pass_count()) return;
  const RowStationaryPass& pass = context_.pass(pass_);
  taps_ = pass.q * context_.grid.S;
  has_filler_ = pass.filters < pass.p * context_.grid.t || pass.channels < pass.q * context_.grid.r;
}

std::size_t Pe::slot_after(std::int64_t slot, std::int64_t psums) const {
  const std::int64_t after = slot + psums;  // at most one turn: p <= Y
  return static_cast<std::size_t>(after >= context_.units.psum_spad_words ? after - context_.units.psum_spad_words
                                                                          : after);
}

void Pe::on_edge() {
  ifmap_fifo_.begin_edge();
  psum_fifo_.begin_edge();
  const Before before{rows_loaded_, filled_, dead_, done_, released_};
  receive();
  fill(before);
  combine(before);
  accumulate();
  issue(before);
}

void Pe::receive() {
  const FilterBeat& filters = filter_bus.read();
  if (filters.sequence != filter_seen_) {
    filter_seen_ = filters.sequence;
    if (filters.row == filter_row_) {
      if (at_.j < filters.columns) {
        std::copy_n(filters.word.begin(), filters.lanes, filter_spad_.begin() + filters.address);
        counts_.filter_words += filters.lanes;
      }
      if (filters.last) ++rows_loaded_;
    }
  }
  const IfmapBeat& words = ifmap_bus.read();
  if (words.sequence != ifmap_seen_) {
    ifmap_seen_ = words.sequence;
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(words.lanes); ++lane) {
      if (words.tag[lane] == ifmap_tag_ && at_.j < words.columns) ifmap_fifo_.push(words.word[lane]);
    }
  }
  const PsumBeat& psums = psum_in.read();
  if (psums.sequence != psum_seen_) {
    psum_seen_ = psums.sequence;
    if (psums.column == column_) {
      psum_fifo_.push(psums);
      ++counts_.psum_beats;
    }
  }
}

void Pe::fill(const Before& before) {
  // Word `filled_` takes the slot of the word Z before it, which must have died before this edge.
  if (!ifmap_fifo_.ready() || filled_ >= before.dead + context_.units.ifmap_spad_words) return;
  ifmap_spad_[static_cast<std::size_t>(fill_slot_)] = ifmap_fifo_.front();
  fill_slot_ = fill_slot_ + 1 == context_.units.ifmap_spad_words ? 0 : fill_slot_ + 1;
  ++filled_;
  ++counts_.ifmap_words;
  ifmap_fifo_.take();
  if (!context_.faults->ifmap_credit.hit()) ifmap_taken.write(ifmap_taken.read() + 1);
}

void Pe::combine(const Before& before) {
  if (combine_left_ == 0) {
    if (combine_pass_ == context_.pass_count()) return;
    const std::int64_t lanes = std::min(context_.units.psum_lanes, context_.pass(combine_pass_).p - combine_filter_);
    if (before.done < released_ + lanes || !psum_fifo_.ready() || !up_.has_credit(psum_out_taken.read())) return;
    combine_left_ = context_.units.combine_cycles;
  }
  if (--combine_left_ == 0) send_combined();
}

void Pe::send_combined() {
  const RowStationaryPass& pass = context_.pass(combine_pass_);
  const std::int64_t lanes = std::min(context_.units.psum_lanes, pass.p - combine_filter_);
  PsumBeat out = psum_fifo_.front();
  out.lanes = static_cast<std::int32_t>(lanes);
  for (std::int64_t lane = 0; lane < lanes; ++lane) {
    Word& word = out.word[static_cast<std::size_t>(lane)];
    word = lacuna::accumulate(context_.arithmetic, word, psum_spad_[slot_after(released_slot_, lane)]);
    if (at_.i > 0) word = context_.faults->psum_link.pass(word);
  }
  up_.send();
  out.sequence = up_.sent();
  out.column = column_;
  psum_out.write(out);
  psum_fifo_.take();
  psum_taken.write(psum_fifo_.taken());
  released_ += lanes;
  released_slot_ = static_cast<std::int64_t>(slot_after(released_slot_, lanes));
  counts_.psums_combined += lanes;
  if (at_.i > 0) counts_.psum_link_words += lanes;

  combine_filter_ += lanes;
  if (combine_filter_ < pass.p) return;
  combine_filter_ = 0;
  if (++combine_windows_ < pass.n * pass.Ft) return;
  combine_windows_ = 0;
  combine_pass_ = next_active(combine_pass_ + 1);
}

void Pe::accumulate() {
  if (add_.valid) {
    for (const StagedMac& mac : add_.macs) {
      Word& psum = psum_spad_[mac.slot];
      const Word start = add_.first ? 0 : psum;
      psum = mac.gated ? start : context_.mac->step(add_.activation, mac.weight, start);
    }
    if (add_.last) done_ += static_cast<std::int64_t>(add_.macs.size());
  }
  std::swap(add_, multiply_);
  multiply_.valid = false;
}

bool Pe::may_issue(const Before& before) {
  if (pass_ == context_.pass_count()) {
    ++counts_.idle;
    return false;
  }
  if (before.rows_loaded <= pass_) {
    ++counts_.wait_filter;
    return false;
  }
  if (f_ == 0) {
    // The first window of a pass starts when all its words are there; later MACs need their own word alone.
    const bool whole_window = tap_ == 0 && window_ == 0 && image_ == 0;
    const std::int64_t word = window_base_ + word_of_tap();
    const std::int64_t last_word = window_base_ + context_.grid.span() * context_.pass(pass_).q - 1;
    if (before.filled <= (whole_window ? last_word : word)) {
      ++counts_.wait_ifmap;
      return false;
    }
    held_ = ifmap_spad_[static_cast<std::size_t>(word % context_.units.ifmap_spad_words)];
  }
  // All filters of the issue write their psums at once.
  if (tap_ == 0 && before.released + context_.units.psum_spad_words < window_psum_ + f_ + issue_filters()) {
    ++counts_.wait_psum;
    return false;
  }
  return true;
}

bool Pe::is_filler(std::int64_t f) const {
  const RowStationaryPass& pass = context_.pass(pass_);
  return at_.ts * pass.p + f >= pass.filters || (at_.i / context_.grid.R) * pass.q + tap_ % pass.q >= pass.channels;
}

std::int64_t Pe::word_of_tap() const {
  const std::int64_t skipped = context_.grid.D - 1;  // columns between two taps
  return skipped == 0 ? tap_ : tap_ + tap_ / context_.pass(pass_).q * skipped * context_.pass(pass_).q;
}

std::int64_t Pe::issue_filters() const { return std::min(context_.units.mac.macs, context_.pass(pass_).p - f_); }

void Pe::issue(const Before& before) {
  if (work_left_ == 0) {
    if (!may_issue(before)) return;
    begin_issue();
    work_left_ = context_.units.mac.cycles;
  }
  ++counts_.busy;
  if (--work_left_ > 0) return;
  std::swap(multiply_, work_);  // which has moved on in this edge
  f_ += issue_filters();
  if (f_ == context_.pass(pass_).p) finish_tap();
}

void Pe::begin_issue() {
  work_.valid = true;
  work_.first = tap_ == 0;
  work_.last = tap_ + 1 == taps_;
  work_.activation = held_;
  work_.macs.clear();
  const std::int64_t end = f_ + issue_filters();
  for (std::int64_t f = f_; f < end; ++f) stage_mac(f);
}

void Pe::stage_mac(std::int64_t f) {
  const Word weight = filter_spad_[static_cast<std::size_t>(f * taps_ + tap_)];
  const bool zero_activation = context_.gating.on_activation && held_ == 0;
  const bool zero_weight = !zero_activation && context_.gating.on_weight && context_.mac->is_zero(weight);
  const bool gated = zero_activation || zero_weight;
  work_.macs.push_back({gated, weight, slot_after(window_slot_, f)});
  ++(gated ? counts_.gated : counts_.performed);
  if (zero_weight) ++counts_.gated_on_weight_alone;
  if (has_filler_ && is_filler(f)) ++(gated ? counts_.filler_gated : counts_.filler_performed);
}

void Pe::finish_tap() {
  const RowStationaryPass& pass = context_.pass(pass_);
  const bool last_window = window_ + 1 == pass.Ft;
  const std::int64_t columns = last_window ? context_.grid.span() : context_.grid.new_columns();
  // The word dies, and those between it and the tap before, unless the next window of the image still spans it.
  dead_ = std::max(dead_, window_base_ + std::min(word_of_tap() + 1, columns * pass.q));
  f_ = 0;
  if (++tap_ < taps_) return;
  tap_ = 0;
  window_base_ += columns * pass.q;
  window_psum_ += pass.p;
  window_slot_ = static_cast<std::int64_t>(slot_after(window_slot_, pass.p));
  if (!last_window) {
    ++window_;
    return;
  }
  window_ = 0;
  if (++image_ < pass.n) return;
  passes_issued.write(static_cast<std::uint32_t>(pass_ + 1));
  pass_ = next_active(pass_ + 1);
  begin_pass();
}

std::string Pe::state() const {
  std::ostringstream out;
  out << name() << ": pass " << pass_ << " of " << context_.pass_count() << ", image " << image_ << ", window "
      << window_ << ", tap " << tap_ << ", filter " << f_ << "; filters loaded of " << rows_loaded_
      << " passes, ifmap words filled " << filled_ << ", dead " << dead_ << ", in FIFO "
      << ifmap_fifo_.pushed() - ifmap_fifo_.taken() << "; psums done " << done_ << ", released " << released_
      << ", beats in FIFO " << psum_fifo_.pushed() - psum_fifo_.taken() << ", sent up " << up_.sent();
  return out.str();
}

}  // namespace lacuna
