// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/pe.hpp"

#include <sstream>

namespace lacuna {

CscPe::CscPe(const sc_core::sc_module_name& name, CscContext& context, std::int64_t number)
    : sc_core::sc_module(name),
      context_(context),
      number_(number),
      psums_(static_cast<std::size_t>(context.array().registers), 0),
      pipeline_(static_cast<std::size_t>(context.array().latency())) {
  empty.initialize(true);
  SC_HAS_PROCESS(CscPe);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

std::int64_t CscPe::rows() const {
  return context_.schedule->format.local_rows(context_.schedule->ofmap_tile(context_.pass(pass_)).channels, number_);
}

std::int64_t CscPe::psum_address(std::int64_t row) const {
  return context_.schedule->psum_address(context_.pass(pass_)) + row * context_.array().pe_count + number_;
}

void CscPe::on_edge() {
  const CscStep now = step.read();
  if (!now.active()) {
    if (awaited.read() >= 0) ++counts_.stall(CscStall::link);
    return;
  }
  if (now.pass != pass_) {
    pass_ = now.pass;
    begin_pass();
  }
  serve();
  if (broadcast.read().valid) queue_.push_back(broadcast.read());
  full.write(static_cast<std::int64_t>(queue_.size()) >= context_.array().queue_depth);
  empty.write(queue_.empty());
  if (now.drain + 1 == context_.array().latency()) end_pass();
}

void CscPe::begin_pass() {
  if (!context_.pass(pass_).takes_psums) return;
  for (std::int64_t row = 0; row < rows(); ++row) {
    psums_[static_cast<std::size_t>(row)] = context_.pass(pass_).first_inputs
                                                ? context_.buffer->read_zero_psum()
                                                : context_.buffer->psum.read(psum_address(row));
    ++psums_taken_;
  }
}

void CscPe::serve() {
  if (queue_.empty()) {
    issue({});
    count_pause();
    return;
  }
  CscReader& reader = context_.memories.reader(number_);
  if (!in_service_) reader.begin_column(queue_.front().column);
  const std::int64_t entries_before = reader.reads().entries;
  const CscCycle cycle = reader.step();
  Entry entry;
  if (cycle.row) {
    entry = {true, *cycle.row, cycle.code, queue_.front().word};
    ++counts_.performed;
  } else if (reader.reads().entries > entries_before) {
    ++counts_.fillers;
  } else {
    ++counts_.stall(CscStall::empty_column);
  }
  issue(entry);
  in_service_ = reader.in_column();
  if (!in_service_) queue_.pop_front();
}

void CscPe::issue(const Entry& entry) {
  Entry& arrived = pipeline_[slot_];
  if (arrived.valid) {
    Word& psum = psums_[static_cast<std::size_t>(arrived.row)];
    psum = context_.mac->step(arrived.activation, arrived.weight, psum);
  }
  arrived = entry;
  slot_ = (slot_ + 1) % pipeline_.size();
  if (entry.valid && entry.row == row_before_) ++bypasses_;
  row_before_ = entry.valid ? entry.row : -1;
}

void CscPe::end_pass() {
  if (!context_.pass(pass_).gives_psums) return;
  for (std::int64_t row = 0; row < rows(); ++row) {
    context_.buffer->psum.write(psum_address(row),
                                context_.faults->output_fifo.pass(psums_[static_cast<std::size_t>(row)]));
    ++psums_given_;
  }
}

void CscPe::count_pause() { ++counts_.stall(sent.read() == pass_ ? CscStall::barrier : CscStall::queue_empty); }

std::string CscPe::state() const {
  std::ostringstream out;
  out << name() << ": performed " << counts_.performed << ", fillers " << counts_.fillers << ", in the queue "
      << queue_.size() << (in_service_ ? ", one in service" : "");
  return out.str();
}

}  // namespace lacuna
