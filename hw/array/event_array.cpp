// SPDX-License-Identifier: Apache-2.0
#include "hw/array/event_array.hpp"

#include <algorithm>

namespace lacuna {

EventArray::EventArray(const sc_core::sc_module_name& name, std::int64_t passes, const ArraySetup& setup)
    : sc_core::sc_module(name),
      mac_events_(setup.mac_events),
      buffer_(*setup.buffer),
      operands_(*setup.operands),
      psums_(*setup.psums),
      period_(setup.period),
      progress_(setup.progress),
      records_(static_cast<std::size_t>(passes)) {
  records_.front().start_without_link = 0;
  SC_HAS_PROCESS(EventArray);
  SC_METHOD(on_allowed);
  sensitive << passes_allowed;
}

void EventArray::on_allowed() {
  // The port changes half a period before the edge from which the words may be used, and edge e lies at e x period: it
  // is the next one to come.
  const auto edge = static_cast<std::int64_t>(sc_core::sc_time_stamp().value() / period_.value());
  while (pass_ < static_cast<std::int64_t>(passes_allowed.read())) {
    run_pass(edge);
    ++pass_;
    progress_();
  }
}

PassRecord& EventArray::begin_pass(std::int64_t allowed) {
  PassRecord& own = record();
  own.start_without_link = pass_ == 0 ? 0 : record(-1).end + 1;
  own.start = std::max(own.start_without_link, allowed);
  return own;
}

void EventArray::end_pass(std::int64_t edge) {
  record().end = edge;
  if (!is_last()) record(1).start_without_link = edge + 1;
}

void EventArray::count_psums(std::int64_t psums, bool first_taps) {
  buffer_.psum.count(first_taps ? 0 : psums, psums);
  if (first_taps) buffer_.count_zero_psums(psums);
}

std::string EventArray::state() const {
  return std::string(name()) + ": pass " + std::to_string(pass_) + " of " + std::to_string(records_.size()) +
         ", passes allowed " + std::to_string(passes_allowed.read()) + "\n";
}

}  // namespace lacuna
