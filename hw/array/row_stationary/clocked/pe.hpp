// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/row_stationary/clocked/context.hpp"
#include "hw/noc/beat.hpp"
#include "hw/noc/credit_link.hpp"

namespace lacuna {

/// Where a PE stands in the logical grid.
struct PePosition {
  std::int64_t ts = 0;
  std::int64_t i = 0;
  std::int64_t j = 0;
};

/// One processing element: three spads, a MAC pipeline with zero-gating, and a combine unit that adds its psums to
/// those of the PE below and sends the sums up. All units act on what was registered before the edge.
class Pe : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<FilterBeat> filter_bus{"filter_bus"};
  sc_core::sc_in<IfmapBeat> ifmap_bus{"ifmap_bus"};
  sc_core::sc_in<PsumBeat> psum_in{"psum_in"};                     ///< input bus (bottom PE) or link from below
  sc_core::sc_in<std::uint32_t> psum_out_taken{"psum_out_taken"};  ///< credits of the receiver above
  sc_core::sc_out<std::uint32_t> ifmap_taken{"ifmap_taken"};       ///< credits for the ifmap bus
  sc_core::sc_out<std::uint32_t> psum_taken{"psum_taken"};         ///< credits for the sender of psum_in
  sc_core::sc_out<PsumBeat> psum_out{"psum_out"};                  ///< link to the PE above, or to the output FIFO
  sc_core::sc_out<std::uint32_t> passes_issued{"passes_issued"};   ///< passes up to and including its last issued one

  Pe(const sc_core::sc_module_name& name, const ClockedContext& context, const PePosition& position);

  const PePosition& position() const { return at_; }
  const PeCounts& counts() const { return counts_; }
  /// Index of its last active pass, -1 if it has none.
  std::int64_t last_active_pass() const;
  /// Grows with every edge of work, fill and combine: the watchdog looks at it.
  std::int64_t progress() const { return counts_.busy + filled_ + released_; }
  /// One line for a deadlock report.
  std::string state() const;

 private:
  /// Counters as registered before the edge.
  struct Before {
    std::int64_t rows_loaded, filled, dead, done, released;
  };
  /// One of the MACs of an issue.
  struct StagedMac {
    bool gated;
    Word weight;
    std::size_t slot;
  };
  /// What stands in a pipeline register: an issue.
  struct Stage {
    bool valid = false;
    bool first = false;  ///< first tap: psums start from zero
    bool last = false;   ///< last tap: psums are complete
    Word activation = 0;
    std::vector<StagedMac> macs;
  };

  void on_edge();
  void receive();
  void fill(const Before& before);
  void combine(const Before& before);
  void send_combined();
  void accumulate();
  void issue(const Before& before);
  bool may_issue(const Before& before);
  void begin_issue();
  void stage_mac(std::int64_t f);
  void finish_tap();
  void begin_pass();
  std::int64_t next_active(std::int64_t pass) const;
  bool is_filler(std::int64_t f) const;
  /// Filters of the issue that is next or in work.
  std::int64_t issue_filters() const;
  /// The ifmap word of the tap, counted from the first that the window spans.
  std::int64_t word_of_tap() const;
  /// Psum spad slot that lies `psums` after `slot`.
  std::size_t slot_after(std::int64_t slot, std::int64_t psums) const;

  const ClockedContext& context_;
  const PePosition at_;
  const std::int32_t filter_row_;
  const std::int32_t ifmap_tag_;
  const std::int32_t column_;
  PeCounts counts_;

  // Filter side.
  std::vector<Word> filter_spad_;
  std::uint32_t filter_seen_ = 0;
  std::int64_t rows_loaded_ = 0;  ///< passes whose filters of this row have gone by, its own or not

  // Ifmap side: words are numbered over windows, images and passes; word w lies in slot w mod Z.
  LinkReceiver<Word> ifmap_fifo_;
  std::vector<Word> ifmap_spad_;
  std::uint32_t ifmap_seen_ = 0;
  std::int64_t filled_ = 0;  ///< words written to the spad
  std::int64_t dead_ = 0;    ///< words that no later MAC needs
  std::int64_t fill_slot_ = 0;

  // Issue: the one next or in work begins with (pass, image, window, tap, filter).
  std::int64_t pass_ = 0;
  std::int64_t image_ = 0;
  std::int64_t window_ = 0;
  std::int64_t tap_ = 0;
  std::int64_t f_ = 0;
  std::int64_t taps_ = 0;         ///< q S of the pass
  std::int64_t window_base_ = 0;  ///< number of the first ifmap word that the window spans
  std::int64_t window_psum_ = 0;  ///< number of the window's first psum
  std::int64_t window_slot_ = 0;  ///< and its slot
  bool has_filler_ = false;
  Word held_ = 0;  ///< ifmap word of the tap, held for all its filters

  // Pipeline and psums: psum g lies in slot g mod Y.
  Stage work_;
  std::int64_t work_left_ = 0;  ///< edges to the end of the issue in work
  Stage multiply_;
  Stage add_;
  std::vector<Word> psum_spad_;
  std::int64_t done_ = 0;      ///< psums complete
  std::int64_t released_ = 0;  ///< psums combined and gone
  std::int64_t released_slot_ = 0;

  // Combine.
  LinkReceiver<PsumBeat> psum_fifo_;
  LinkSender up_;
  std::uint32_t psum_seen_ = 0;
  std::int64_t combine_pass_ = 0;
  std::int64_t combine_windows_ = 0;  ///< windows of the pass combined
  std::int64_t combine_filter_ = 0;   ///< first filter of the next beat
  std::int64_t combine_left_ = 0;     ///< edges to the end of the combine in work
};

}  // namespace lacuna
