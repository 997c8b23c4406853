// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <systemc>
#include <utility>
#include <vector>

#include "hw/array/array_model.hpp"

namespace lacuna {

/// A clocked array behind the interface that the chip knows, the same for every kind: the kind fills in the context
/// that its modules share, builds the array from it, and says what it did. An Array is a module with the ports and
/// questions used here; a Context has the records of the passes.
template <class Array, class Context>
class ClockedModel : public ClockedArray {
 public:
  sc_core::sc_in<bool>& clock_port() override { return array_->clk; }
  sc_core::sc_in<std::uint32_t>& passes_allowed_port() override { return array_->passes_allowed; }
  bool quiet() const override { return array_->quiet(); }
  const std::vector<PassRecord>& records() const override { return context_.records; }
  std::int64_t progress() const override { return array_->progress(); }
  std::string state() const override { return array_->state(); }
  void trace(sc_core::sc_trace_file* file) const override { array_->trace(file); }

 protected:
  template <class... Arguments>
  explicit ClockedModel(const ArraySetup& setup, Arguments&&... of_context)
      : mac_events_(setup.mac_events), context_(std::forward<Arguments>(of_context)...) {}

  /// Fills in what the modules of every kind share, for so many passes.
  void share(const ArraySetup& setup, std::size_t passes) {
    context_.mac = setup.mac;
    context_.faults = setup.faults;
    context_.record_passes = setup.record_passes;
    context_.records.resize(passes);
  }

  const std::vector<MacEvent> mac_events_;
  Context context_;
  std::unique_ptr<Array> array_;
};

}  // namespace lacuna
