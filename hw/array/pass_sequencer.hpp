// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/array/tiled_context.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts the passes of an array, one after another: a pass holds the array once the link has brought its words, works
/// from the edge on at which its filters may be read, and is followed by the next one at the edge after its last. A
/// kind of array adds what a pass does. What the next edge does is decided between edges.
class PassSequencer : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_out<std::int32_t> awaited{"awaited"};                ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_out<std::int32_t> undecoded{"undecoded"};  ///< pass that waits for its filters to be decoded, or -1

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const { return !running_ && !allowed(); }
  /// Passes that have ended.
  std::int64_t passes_ended() const { return pass_; }
  std::int64_t progress() const;

 protected:
  /// `progress` is called when a pass is ready to start but for the link, has sent its filters, or ends.
  PassSequencer(const sc_core::sc_module_name& name, TiledContext& context, const CoreClock& clock,
                std::function<void()> progress);

  /// Between edges: the pass works from the next edge on.
  virtual void begin_work() {}
  /// Between edges: drives the kind's own wires for the next edge.
  virtual void drive() = 0;
  /// What the pass that works does at an edge; true if it ends with it.
  virtual bool work(std::int64_t edge) = 0;

  bool working() const { return working_; }
  /// Pass that holds the array, or is next to.
  std::int64_t current() const { return pass_; }
  PassRecord& record() { return passes_.records[static_cast<std::size_t>(pass_)]; }
  /// The last filter word of the pass has entered the array.
  void sent_filters(std::int64_t edge);
  /// Which pass it is at, where in it (in words), and whether that runs.
  std::string state_at(const std::string& place) const;

 private:
  void decide();
  void on_edge();
  bool allowed() const {
    return pass_ < passes_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
  }
  void end_pass(std::int64_t edge);

  TiledContext& passes_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  bool running_ = false;  ///< a pass holds the array
  bool working_ = false;  ///< and works
  std::int64_t pass_ = 0;
  std::int64_t edges_ = 0;  ///< at which a pass worked
  std::uint64_t looks_ = 0;
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
