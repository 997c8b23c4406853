// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna {

/// The one law of every link of the machine, in clock edges:
///   sent at edge s -> in the receiver's FIFO at s + 1 -> may be taken at s + 2 at the earliest;
///   taken at edge a -> the sender may use the credit at a + 1.
/// Flow control is by credits: each sender counts what it sent to a destination, each receiver exports a monotone count
/// of what it took, and a send is allowed while sent - taken < depth. Sending is therefore lossless by construction.
struct LinkLaw {
  std::int64_t send_to_take = 2;    ///< edges from a send to the earliest take
  std::int64_t take_to_credit = 1;  ///< edges from a take to the use of its credit

  /// Earliest edge at which an item sent at `send` can be taken.
  std::int64_t earliest_take(std::int64_t send) const { return send + send_to_take; }
  /// Earliest edge at which item k can be sent when item k - depth was taken at `take`.
  std::int64_t earliest_send(std::int64_t take) const { return take + take_to_credit; }
};

/// Sender's end of a link: how many items went to one destination.
class LinkSender {
 public:
  explicit LinkSender(std::int64_t depth = 1) : depth_(static_cast<std::uint32_t>(depth)) {}
  /// `taken` is the receiver's exported count, `more` the items of the same edge that come before this one.
  bool has_credit(std::uint32_t taken, std::uint32_t more = 0) const { return sent_ + more - taken < depth_; }
  void send() { ++sent_; }
  std::uint32_t sent() const { return sent_; }

 private:
  std::uint32_t depth_;
  std::uint32_t sent_ = 0;
};

/// Receiver's end of a link: a FIFO of `depth` items. At each edge: begin_edge() first, then any of push(), front(),
/// take(). What is pushed at an edge can be taken from the next edge on.
template <class Item>
class LinkReceiver {
 public:
  explicit LinkReceiver(std::int64_t depth) : items_(static_cast<std::size_t>(depth)) {}

  void begin_edge() { visible_ = pushed_; }
  void push(const Item& item) {
    items_[write_] = item;
    write_ = write_ + 1 == items_.size() ? 0 : write_ + 1;
    ++pushed_;
  }
  /// Whether an item can be taken at this edge.
  bool ready() const { return visible_ != taken_; }
  const Item& front() const { return items_[read_]; }
  void take() {
    read_ = read_ + 1 == items_.size() ? 0 : read_ + 1;
    ++taken_;
  }
  /// Monotone count of items taken: what the receiver exports to its sender.
  std::uint32_t taken() const { return taken_; }
  std::uint32_t pushed() const { return pushed_; }

 private:
  std::vector<Item> items_;
  std::size_t write_ = 0;
  std::size_t read_ = 0;
  std::uint32_t pushed_ = 0;
  std::uint32_t visible_ = 0;
  std::uint32_t taken_ = 0;
};

}  // namespace lacuna
