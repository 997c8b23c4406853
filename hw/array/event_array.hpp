// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/array_model.hpp"

namespace lacuna {

/// What all event-driven arrays have in common: one wake per pass that is allowed to start, at which the array fills in
/// all edges of the pass. A kind of array adds what a pass does and counts.
class EventArray : public sc_core::sc_module, public ArrayModel {
 public:
  /// Passes whose words are in the global buffer.
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  const std::vector<PassRecord>& records() const override { return records_; }
  std::string state() const override;

 protected:
  EventArray(const sc_core::sc_module_name& name, std::int64_t passes, const ArraySetup& setup);

  /// Runs pass number pass(), whose words lie in the buffer from edge `allowed` on: fills in its record, and
  /// start_without_link of the next one.
  virtual void run_pass(std::int64_t allowed) = 0;

  std::int64_t pass() const { return pass_; }
  /// Of the running pass, and of those that lie `offset` behind or, below 0, before it.
  PassRecord& record(std::int64_t offset = 0) { return records_[static_cast<std::size_t>(pass_ + offset)]; }
  bool is_last() const { return pass_ + 1 == static_cast<std::int64_t>(records_.size()); }
  const std::vector<MacEvent>& mac_events() const { return mac_events_; }
  GlobalBuffer& buffer() { return buffer_; }
  const EventBuffer& operands() const { return operands_; }
  EventPsums& psums() { return psums_; }
  /// The running pass holds the array from the edge after the end of the one before it on, or, later, from edge
  /// `allowed` on: fills in its record up to its start.
  PassRecord& begin_pass(std::int64_t allowed);
  /// The running pass ends with this edge; the next one may hold the array from the edge after it on.
  void end_pass(std::int64_t edge);
  /// The running pass reads and writes so many psums; those of the first taps are read as zeros.
  void count_psums(std::int64_t psums, bool first_taps);

  /// A copy of what the array's timing depends on, changed where a test wants to see the difference.
  template <class Parameters>
  static Parameters perturbed(Parameters parameters, const ArraySetup& setup) {
    if (setup.perturb) setup.perturb(parameters);
    return parameters;
  }

 private:
  void on_allowed();

  const std::vector<MacEvent> mac_events_;
  GlobalBuffer& buffer_;
  const EventBuffer& operands_;
  EventPsums& psums_;
  const sc_core::sc_time period_;
  std::function<void()> progress_;
  std::vector<PassRecord> records_;
  std::int64_t pass_ = 0;
};

}  // namespace lacuna
