// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// A SystemC kernel of its own for the lifetime of this object, so that one process can run simulations one after
/// another: elaborate modules after construction, destroy them before it. One at a time; never in two threads.
/// Warnings of SystemC are collected; errors throw sc_core::sc_report as usual.
class SimulationContext {
 public:
  SimulationContext();
  ~SimulationContext();
  SimulationContext(const SimulationContext&) = delete;
  SimulationContext& operator=(const SimulationContext&) = delete;

  /// Warnings of the kernel since construction, a line each.
  const std::vector<std::string>& warnings() const;
};

}  // namespace lacuna
