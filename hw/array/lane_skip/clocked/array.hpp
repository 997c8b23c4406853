// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/clocked_lanes.hpp"
#include "hw/array/lane_skip/clocked/dispatcher.hpp"
#include "hw/array/lane_skip/clocked/subunit.hpp"
#include "hw/array/lane_skip/clocked/unit.hpp"

namespace lacuna {

/// The lane-skipping array, signal by signal: the definition of its timing. The dispatcher, which all units hang on,
/// and for each unit its sub-units, one for a lane, and its adder trees.
class LaneSkipArray : public ClockedLanes<LaneSkipPeCounts> {
 public:
  LaneSkipArray(const sc_core::sc_module_name& name, LaneSkipContext& context, const CoreClock& clock,
                const std::function<void()>& progress);
  ~LaneSkipArray() override;

  LaneSkipEvents events() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_unit(std::int64_t unit);
  std::vector<Pe> pes() const override;
  /// Of PE (row, column): its sub-unit, and its filter lane there.
  const LaneSkipSubunit& subunit(std::int64_t lane, std::int64_t unit) const {
    return *subunits_[static_cast<std::size_t>(unit * context_.array().lanes + lane)];
  }

  LaneSkipContext& context_;
  sc_core::sc_signal<LaneSkipStep> step_{"step"};
  sc_core::sc_signal<std::int64_t> windows_{"windows"};
  sc_core::sc_vector<sc_core::sc_signal<LaneSkipNeuron>> lane_;
  sc_core::sc_vector<sc_core::sc_signal<LaneSkipSum>> sum_;  ///< unit by unit, lane by lane
  LaneSkipDispatcher dispatcher_;
  std::vector<std::unique_ptr<LaneSkipSubunit>> subunits_;  ///< unit by unit
  std::vector<std::unique_ptr<LaneSkipUnit>> units_;
};

}  // namespace lacuna
