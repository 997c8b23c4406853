// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <systemc>

#include "hw/array/pass_record.hpp"
#include "hw/chip/codec_port.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/chip/transfer_record.hpp"
#include "hw/memory/dram_link.hpp"

namespace lacuna {

/// Runs the transfers of a schedule over the DRAM link, in order, each as soon as the event that it waits for has
/// happened, and lets passes start once their words are in the global buffer. It has no process of its own: it acts
/// when array or link report, within their processes, and waiting costs nothing.
class PassController : public sc_core::sc_module {
 public:
  sc_core::sc_out<std::uint32_t> passes_allowed{"passes_allowed"};

  /// `passes_may_start` is called when more passes are allowed than before.
  PassController(const sc_core::sc_module_name& name, const LayerSchedule& schedule, const DramImage& image,
                 std::function<void()> passes_may_start);

  /// The units that it steers are built after it.
  void connect(TransferLink& link, CodecPort& codec, const std::vector<PassRecord>& records);
  /// To be called when a pass record changed.
  void on_progress() { advance(); }
  /// To be called when a transfer is complete, with the edge from which its words may be used.
  void on_transfer_done(std::int64_t edge);
  /// `passes` passes of the layer have ended.
  std::function<void(std::int64_t passes)> report;
  /// Where the edges of transfers are to be written; null: nowhere.
  void record_transfers(std::vector<TransferRecord>* records) { transfers_ = records; }

  bool complete() const { return completed_ == static_cast<std::int64_t>(schedule_.transfers.size()); }
  /// Edge from which the last transfer's words may be used: the cycles of the layer, once it is complete.
  std::int64_t last_edge() const { return link_free_edge_; }
  std::string state() const;

 private:
  void start_of_simulation() override { advance(); }
  void advance();
  /// Edge from which the transfer may run, if the event that it waits for has happened.
  std::optional<std::int64_t> released(const Transfer& transfer) const;
  void start(const Transfer& transfer, std::int64_t edge);
  std::int64_t words_carried() const { return image_.dram().words_read() + image_.dram().words_written(); }

  const LayerSchedule& schedule_;
  const DramImage& image_;
  std::function<void()> passes_may_start_;
  TransferLink* link_ = nullptr;
  CodecPort* codec_ = nullptr;
  const std::vector<PassRecord>* records_ = nullptr;
  std::vector<TransferRecord>* transfers_ = nullptr;
  std::int64_t words_before_ = 0;  ///< that the link had carried before the running transfer
  std::int64_t started_ = 0;
  std::int64_t completed_ = 0;
  std::int64_t link_free_edge_ = 0;
  std::int64_t allowed_ = 0;
  std::int64_t ended_ = 0;
};

}  // namespace lacuna
