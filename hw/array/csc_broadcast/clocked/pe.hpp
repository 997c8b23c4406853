// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/csc_broadcast/activity.hpp"
#include "hw/array/csc_broadcast/clocked/context.hpp"
#include "hw/array/csc_broadcast/clocked/wires.hpp"

namespace lacuna {

/// One processing element: a queue of activations, its share of the matrix, a MAC and the psums of its rows. At each
/// edge an entry of the column at the head of the queue leaves for the arithmetic, which reaches its psum some edges
/// later.
class CscPe : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<CscStep> step{"step"};
  sc_core::sc_in<std::int32_t> sent{"sent"};
  sc_core::sc_in<std::int32_t> awaited{"awaited"};  ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_in<CscBroadcast> broadcast{"broadcast"};
  sc_core::sc_out<bool> full{"full"};    ///< its queue
  sc_core::sc_out<bool> empty{"empty"};  ///< its queue

  CscPe(const sc_core::sc_module_name& name, CscContext& context, std::int64_t number);

  /// Counts of all edges that its clock has seen.
  const CscPeCounts& counts() const { return counts_; }
  std::int64_t bypasses() const { return bypasses_; }
  std::int64_t psums_taken() const { return psums_taken_; }
  std::int64_t psums_given() const { return psums_given_; }
  std::string state() const;

 private:
  struct Entry {
    bool valid = false;
    std::int64_t row = 0;
    Word weight = 0;
    Word activation = 0;
  };

  void on_edge();
  void begin_pass();
  void serve();
  /// An entry, or none, goes on its way to its psum.
  void issue(const Entry& entry);
  void end_pass();
  void count_pause();
  /// Rows of the pass's tile that it has, and where its psum of a row lies in the global buffer.
  std::int64_t rows() const;
  std::int64_t psum_address(std::int64_t row) const;

  CscContext& context_;
  const std::int64_t number_;
  std::int32_t pass_ = -1;
  std::deque<CscBroadcast> queue_;
  bool in_service_ = false;      ///< whether the head of the queue has read its pointers
  std::vector<Word> psums_;      ///< destination registers
  std::vector<Entry> pipeline_;  ///< entries on their way, by the edge that they left at modulo the latency
  std::size_t slot_ = 0;
  std::int64_t row_before_ = -1;  ///< of the entry that left at the edge before, -1 if none did
  CscPeCounts counts_;
  std::int64_t bypasses_ = 0;
  std::int64_t psums_taken_ = 0;
  std::int64_t psums_given_ = 0;
};

}  // namespace lacuna
