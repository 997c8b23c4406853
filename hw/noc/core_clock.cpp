// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/core_clock.hpp"

namespace lacuna {

namespace {

/// An even number of picoseconds, so that half periods exist; the period is for display, results count edges.
sc_core::sc_time period_of(std::int64_t clock_khz) {
  constexpr std::int64_t kHalfPsTimesKhz = 500'000'000;
  const std::int64_t half_ps = (kHalfPsTimesKhz + clock_khz / 2) / clock_khz;
  return {static_cast<double>(2 * half_ps), sc_core::SC_PS};
}

}  // namespace

CoreClock::CoreClock(const sc_core::sc_module_name& name, std::int64_t clock_khz, std::function<bool()> may_sleep)
    : sc_core::sc_module(name), period_(period_of(clock_khz)), may_sleep_(std::move(may_sleep)) {
  SC_HAS_PROCESS(CoreClock);
  SC_METHOD(tick);
}

void CoreClock::tick() {
  if (high_) {
    high_ = false;
    clk.write(false);
    if (may_sleep_()) {
      next_trigger(wake_event_);
    } else {
      next_trigger(period_ / 2);
    }
    return;
  }
  // Low: at a whole period (start of time, or woken between edges) wait for the half; at the half rise.
  const auto now = static_cast<std::int64_t>(sc_core::sc_time_stamp().value());
  const auto period = static_cast<std::int64_t>(period_.value());
  if (now % period != period / 2) {
    next_trigger(sc_core::sc_time::from_value(static_cast<sc_dt::uint64>((period * 3 / 2 - now % period) % period)));
    return;
  }
  high_ = true;
  edge_ = now / period;
  clk.write(true);
  next_trigger(period_ / 2);
}

}  // namespace lacuna
