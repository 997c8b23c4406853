// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/pass_controller.hpp"

#include <algorithm>

namespace lacuna {

PassController::PassController(const sc_core::sc_module_name& name, const LayerSchedule& schedule,
                               const DramImage& image, std::function<void()> passes_may_start)
    : sc_core::sc_module(name), schedule_(schedule), image_(image), passes_may_start_(std::move(passes_may_start)) {}

void PassController::connect(TransferLink& link, CodecPort& codec, const std::vector<PassRecord>& records) {
  link_ = &link;
  codec_ = &codec;
  records_ = &records;
}

void PassController::on_transfer_done(std::int64_t edge) {
  if (transfers_ != nullptr) {
    transfers_->back().end = edge;
    transfers_->back().words = words_carried() - words_before_;
  }
  link_free_edge_ = edge;
  ++completed_;
  advance();
}

std::optional<std::int64_t> PassController::released(const Transfer& transfer) const {
  if (transfer.after == PassEvent::none) return 0;
  const PassRecord& record = (*records_)[static_cast<std::size_t>(transfer.after_pass)];
  const auto edge_after = [](std::int64_t edge) {
    return edge < 0 ? std::nullopt : std::optional<std::int64_t>(edge + 1);
  };
  if (transfer.after == PassEvent::filters_sent) return edge_after(record.filters_sent);
  if (transfer.after == PassEvent::ended) return edge_after(record.end);
  if (record.start_without_link < 0) return std::nullopt;
  return record.start_without_link;
}

void PassController::start(const Transfer& transfer, std::int64_t edge) {
  if (transfer.kind == TransferKind::drain_ofmap) {
    codec_->begin_ofmap(transfer.tile);
    link_->start_drain(edge);
    return;
  }
  if (transfer.kind == TransferKind::fill_filter) {
    const StreamRange& stream = image_.filter(transfer.tile);
    codec_->expect_filter(transfer.tile);
    link_->start_fill(edge, stream.first_word, stream.words);
    return;
  }
  const std::vector<StreamRange>& streams = image_.ifmap(transfer.tile);
  codec_->expect_ifmap(transfer.tile);
  const StreamRange& last = streams.back();
  link_->start_fill(edge, streams.front().first_word, last.first_word + last.words - streams.front().first_word);
}

void PassController::advance() {
  const std::int64_t allowed_before = allowed_;
  while (allowed_ < schedule_.passes && schedule_.transfers_before[static_cast<std::size_t>(allowed_)] <= completed_) {
    ++allowed_;
  }
  if (allowed_ != allowed_before) {
    passes_allowed.write(static_cast<std::uint32_t>(allowed_));
    passes_may_start_();
  }
  while (ended_ < schedule_.passes && (*records_)[static_cast<std::size_t>(ended_)].end >= 0) {
    ++ended_;
    if (report) report(ended_);
  }
  const bool link_busy = started_ > completed_;
  if (link_busy || started_ == static_cast<std::int64_t>(schedule_.transfers.size())) return;
  const Transfer& transfer = schedule_.transfers[static_cast<std::size_t>(started_)];
  const std::optional<std::int64_t> edge = released(transfer);
  if (!edge) return;
  ++started_;
  const std::int64_t begin = std::max(*edge, link_free_edge_);
  if (transfers_ != nullptr) {
    transfers_->push_back({*edge, begin, 0, 0});
    words_before_ = words_carried();
  }
  start(transfer, begin);
}

std::string PassController::state() const {
  return std::string(name()) + ": transfers started " + std::to_string(started_) + ", complete " +
         std::to_string(completed_) + " of " + std::to_string(schedule_.transfers.size()) + "; passes allowed " +
         std::to_string(allowed_) + " of " + std::to_string(schedule_.passes);
}

}  // namespace lacuna
