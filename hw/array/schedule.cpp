// SPDX-License-Identifier: Apache-2.0
#include "hw/array/schedule.hpp"

#include <stdexcept>

namespace lacuna {

namespace {

[[noreturn]] void fail_no_format() {
  throw std::logic_error("an array that has no filter format of its own was asked for a stream in it");
}

}  // namespace

std::int64_t LayerSchedule::fetched_filter_words() const {
  std::int64_t words = 0;
  for (const Transfer& transfer : transfers) {
    if (transfer.kind == TransferKind::fill_filter) words += filter_tile_words(transfer.tile);
  }
  return words;
}

std::vector<std::uint64_t> LayerSchedule::encode_filters(std::int64_t, Span<const StoredWord>, std::int64_t) const {
  fail_no_format();
}

std::vector<StoredWord> LayerSchedule::decode_filters(std::int64_t, Span<const std::uint64_t>, std::int64_t) const {
  fail_no_format();
}

std::int64_t LayerSchedule::encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                                 const std::weak_ptr<const void>& /*owner*/,
                                                 std::int64_t link_bits) const {
  std::vector<StoredWord> words;
  for (const std::int64_t position : filter_positions(tile)) {
    words.push_back(filters[static_cast<std::size_t>(position)]);
  }
  return static_cast<std::int64_t>(encode_filters(tile, words, link_bits).size());
}

}  // namespace lacuna
