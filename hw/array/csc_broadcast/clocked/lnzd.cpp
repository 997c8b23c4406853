// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/lnzd.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

CscLnzd::CscLnzd(const sc_core::sc_module_name& name, const CscContext& context)
    : sc_core::sc_module(name), full("full", static_cast<std::size_t>(context.array().pe_count)), context_(context) {
  SC_HAS_PROCESS(CscLnzd);
  SC_METHOD(decide);
  sensitive << step << changed_;
  for (auto& port : full) sensitive << port;
  dont_initialize();
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

std::size_t CscLnzd::find(std::size_t place) const {
  const auto found = std::find_if(registers_.begin() + static_cast<std::ptrdiff_t>(place), registers_.end(),
                                  [](Word word) { return word != 0; });
  return static_cast<std::size_t>(found - registers_.begin());
}

std::size_t CscLnzd::next_row(std::size_t place) const {
  const auto lanes = static_cast<std::size_t>(context_.array().pe_count);
  return (place / lanes + 1) * lanes;
}

void CscLnzd::take_batch(std::int64_t pass) {
  const CscPass& batch = context_.pass(pass);
  const std::int64_t address = context_.schedule->ifmap_address(batch);
  registers_.clear();
  for (std::int64_t i = 0; i < batch.inputs; ++i) registers_.push_back(context_.buffer->read_ifmap(address + i));
  inputs_ += batch.inputs;
  next_ = find(0);
  row_ = 0;
}

void CscLnzd::decide() {
  const CscStep now = step.read();
  CscBroadcast out;
  if (!now.active()) {
    broadcast.write(out);
    return;
  }
  if (now.pass != pass_) {
    pass_ = now.pass;
    take_batch(pass_);
  }
  const bool all_sent = next_ == registers_.size();
  sent.write(all_sent ? pass_ : pass_ - 1);
  const bool any_full = std::any_of(full.begin(), full.end(), [](const auto& port) { return port.read(); });
  const bool row_has_it = !scans_rows() || next_ < next_row(row_);
  if (!all_sent && !any_full && row_has_it) {
    const CscPass& batch = context_.pass(pass_);
    const std::int64_t first_column = context_.schedule->filter_tile(batch.filter_tile).input;
    out.valid = true;
    out.word = registers_[next_];
    out.column = static_cast<std::int32_t>(batch.input - first_column + static_cast<std::int64_t>(next_));
  }
  broadcast.write(out);
}

void CscLnzd::on_edge() {
  if (!step.read().active() || next_ == registers_.size()) return;
  if (broadcast.read().valid) {
    ++broadcasts_;
    // The last lane of a row ends it at once.
    if (next_ + 1 == next_row(row_)) row_ = next_row(row_);
    next_ = find(next_ + 1);
  } else if (scans_rows() && next_ >= next_row(row_)) {
    row_ = next_row(row_);  // the cycle that finds nothing more in the row
  } else {
    return;
  }
  changed_.write(static_cast<std::uint64_t>(++edges_));
}

std::string CscLnzd::state() const {
  std::ostringstream out;
  out << name() << ": pass " << pass_ << ", next non-zero at input " << next_ << " of " << registers_.size()
      << ", row from " << row_ << ", broadcasts " << broadcasts_;
  return out.str();
}

}  // namespace lacuna
