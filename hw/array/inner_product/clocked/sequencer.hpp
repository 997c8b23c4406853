// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/inner_product/activity.hpp"
#include "hw/array/inner_product/clocked/context.hpp"
#include "hw/array/inner_product/clocked/wires.hpp"
#include "hw/array/pass_sequencer.hpp"

namespace lacuna {

/// Starts the passes, and in each the steps: reads the words of a step from the buffer into the registers in front of
/// the units, and lets the units begin it once they are free.
class InnerProductSequencer : public PassSequencer {
 public:
  sc_core::sc_out<InnerProductStep> step{"step"};
  sc_core::sc_vector<sc_core::sc_out<Word>> activation;  ///< window by window
  sc_core::sc_vector<sc_core::sc_out<Word>> weight;      ///< filter by filter

  InnerProductSequencer(const sc_core::sc_module_name& name, InnerProductContext& context, const CoreClock& clock,
                        std::function<void()> progress);

  /// Words registered, and rows of the tile store read.
  const InnerProductEvents& events() const { return events_; }
  std::string state() const;

 private:
  void drive() override;
  bool work(std::int64_t edge) override;
  /// What the next edge of a pass that works does.
  InnerProductStep next_step();
  bool all_begun() const { return next_ == context_.deal(current()).issues(); }
  bool all_free() const;
  /// Window whose units take the next step, or all.
  std::int32_t turn() const;
  void load(std::int32_t window);
  void load_window(const InnerProductIssue& issue, std::int64_t window, std::int64_t pixel);
  void load_filter(const InnerProductIssue& issue, std::int64_t filter);
  void begin_step(const InnerProductStep& now, std::int64_t edge);

  InnerProductContext& context_;
  // Registered state.
  std::int64_t next_ = 0;           ///< step to begin
  std::int64_t loaded_ = -1;        ///< step whose words stand in the registers
  std::vector<std::int64_t> left_;  ///< edges of the step that each window works on
  std::int64_t drained_ = 0;        ///< edges since the last step ended
  InnerProductEvents events_;
};

}  // namespace lacuna
