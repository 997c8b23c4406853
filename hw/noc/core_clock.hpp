// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <systemc>

namespace lacuna {

/// The core clock, the only time base of the model, with a gate. Rising edge e lies half a period after time e x
/// period, so that what arrives "by edge e" from outside the clock domain is written at time e x period and seen at
/// edge e. At each falling edge the clock asks `may_sleep`; while it sleeps no clocked unit costs anything, and time
/// goes on.
class CoreClock : public sc_core::sc_module {
 public:
  sc_core::sc_out<bool> clk{"clk"};

  CoreClock(const sc_core::sc_module_name& name, std::int64_t clock_khz, std::function<bool()> may_sleep);

  /// Index of the rising edge now or last seen.
  std::int64_t edge() const { return edge_; }
  /// Ends the sleep: the next rising edge is the first one after now.
  void wake() { wake_event_.notify(sc_core::SC_ZERO_TIME); }
  /// The time half a period before rising edge `edge`.
  sc_core::sc_time time_before(std::int64_t edge) const { return edge * period_; }
  sc_core::sc_time period() const { return period_; }

 private:
  void tick();

  sc_core::sc_time period_;
  std::function<bool()> may_sleep_;
  sc_core::sc_event wake_event_;
  std::int64_t edge_ = -1;
  bool high_ = false;
};

}  // namespace lacuna
