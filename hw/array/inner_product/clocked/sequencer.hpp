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
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts the passes, one after another, and in each the steps: reads the words of a step from the buffer into the
/// registers in front of the units, and lets the units begin it once they are free. What the next edge does is decided
/// between edges.
class InnerProductSequencer : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_out<InnerProductStep> step{"step"};
  sc_core::sc_out<std::int32_t> awaited{"awaited"};      ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_out<std::int32_t> undecoded{"undecoded"};  ///< pass that waits for its filters to be decoded, or -1
  sc_core::sc_vector<sc_core::sc_out<Word>> activation;  ///< window by window
  sc_core::sc_vector<sc_core::sc_out<Word>> weight;      ///< filter by filter

  /// `progress` is called when a pass is ready to start but for the link, has sent its filters, or ends.
  InnerProductSequencer(const sc_core::sc_module_name& name, InnerProductContext& context, const CoreClock& clock,
                        std::function<void()> progress);

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const { return !running_ && !allowed(); }
  /// Passes that have ended.
  std::int64_t passes_ended() const { return pass_; }
  std::int64_t progress() const {
    return edges_ + (context_.tile_writer == nullptr ? 0 : context_.tile_writer->progress());
  }
  /// Words registered, and rows of the tile store read.
  const InnerProductEvents& events() const { return events_; }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  bool allowed() const {
    return pass_ < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
  }
  /// Lets a pass that holds the array begin with its steps, once its filters may be read.
  void begin_work();
  /// What the next edge of a pass that works does.
  InnerProductStep next_step();
  bool all_begun() const { return next_ == context_.deal(pass_).issues(); }
  bool all_free() const;
  /// Window whose units take the next step, or all.
  std::int32_t turn() const;
  void load(std::int32_t window);
  void load_window(const InnerProductIssue& issue, std::int64_t window, std::int64_t pixel);
  void load_filter(const InnerProductIssue& issue, std::int64_t filter);
  void begin_step(const InnerProductStep& now, std::int64_t edge);
  void end_pass(std::int64_t edge);
  PassRecord& record() { return context_.records[static_cast<std::size_t>(pass_)]; }

  InnerProductContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  bool running_ = false;  ///< a pass holds the array
  bool working_ = false;  ///< and works on its steps
  std::int64_t pass_ = 0;
  std::int64_t next_ = 0;           ///< step to begin
  std::int64_t loaded_ = -1;        ///< step whose words stand in the registers
  std::vector<std::int64_t> left_;  ///< edges of the step that each window works on
  std::int64_t drained_ = 0;        ///< edges since the last step ended
  InnerProductEvents events_;
  std::int64_t edges_ = 0;  ///< at which something was done
  std::uint64_t looks_ = 0;
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
