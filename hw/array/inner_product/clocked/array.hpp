// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/clocked_lanes.hpp"
#include "hw/array/inner_product/clocked/accumulator.hpp"
#include "hw/array/inner_product/clocked/sequencer.hpp"
#include "hw/array/inner_product/clocked/unit.hpp"

namespace lacuna {

/// The inner-product array, signal by signal: the definition of its timing. The sequencer, whose registers all units
/// hang on, and for each filter a unit for every window and the accumulators.
class InnerProductArray : public ClockedLanes<InnerProductPeCounts> {
 public:
  InnerProductArray(const sc_core::sc_module_name& name, InnerProductContext& context, const CoreClock& clock,
                    const std::function<void()>& progress);
  ~InnerProductArray() override;

  InnerProductEvents events() const;
  std::string state() const;
  void trace(sc_core::sc_trace_file* file) const override;

 private:
  void wire_filter(std::int64_t filter);
  void wire_unit(InnerProductUnit& unit, std::int64_t window, std::int64_t filter);
  std::vector<Pe> pes() const override;
  std::size_t unit_index(std::int64_t window, std::int64_t filter) const {
    return static_cast<std::size_t>(filter * context_.array().windows + window);
  }

  InnerProductContext& context_;
  sc_core::sc_signal<InnerProductStep> step_{"step"};
  sc_core::sc_vector<sc_core::sc_signal<Word>> activation_;      ///< window by window
  sc_core::sc_vector<sc_core::sc_signal<Word>> weight_;          ///< filter by filter
  sc_core::sc_vector<sc_core::sc_signal<InnerProductSum>> sum_;  ///< filter by filter, window by window
  InnerProductSequencer sequencer_;
  std::vector<std::unique_ptr<InnerProductUnit>> units_;  ///< as `sum_`
  std::vector<std::unique_ptr<InnerProductAccumulator>> accumulators_;
};

}  // namespace lacuna
