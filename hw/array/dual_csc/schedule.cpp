// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/schedule.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/dual_csc/columns.hpp"
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/tiling.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// How PEs hold the weights of a layer. Their memories are limited in words, whatever the width (check_entries); the
/// codec's own limit, in bytes, is out of the way.
CscFormat format_of(const MappingContext& context) {
  const auto& config = static_cast<const DualCscConfig&>(*context.array);
  CscFormat format;
  format.pes = config.pe_count;
  format.code_bits = context.weight_bits;
  format.signed_codes = !context.coded_weights;
  format.run_bits = config.run_bits;
  format.pointer_bits = config.weight_address_bits;
  format.entries_per_pointer = kWeightsPerWord;
  format.row_bits = kWeightsPerWord * format.entry_bits();
  format.spmat_bytes = (config.weight_words + 1) * format.row_bits;
  return format;
}

}  // namespace

DualCscSchedule::DualCscSchedule(const MappingContext& context, const DualCscMapping& mapping)
    : TiledSchedule(context.shape, cut_to(context, mapping)),
      array(static_cast<const DualCscConfig&>(*context.array).shape()),
      format(format_of(context)),
      config_(static_cast<const DualCscConfig&>(*context.array)),
      k_(cut_to(context, mapping).k),
      t_(cut_to(context, mapping).t) {
  cut_layer();
  filter_words = 0;  // they go into the PEs, not into the global buffer
}

void DualCscSchedule::cut_box(const TiledPass& box) {
  for_parts(0, box.filters, k_ * array.pes, [&](std::int64_t filter, std::int64_t filters) {
    active_pes = std::max(active_pes, array.busy_pes(filters) * array.macs);
    for_parts(box.tap, box.taps, t_, [&](std::int64_t tap, std::int64_t taps) {
      TiledPass pass = box;
      pass.filter = filter;
      pass.filters = filters;
      pass.tap = tap;
      pass.taps = taps;
      add_pass(pass);
      if (pass.filter_tile == static_cast<std::int64_t>(tiles_.size())) {
        tiles_.push_back({first_filter(pass), filters, tap, taps});
      }
      pass_list.push_back(pass);
    });
  });
}

std::vector<std::int64_t> DualCscSchedule::filter_positions(std::int64_t tile) const {
  const DualCscTile& box = filter_tile(tile);
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(box.words()));
  for (std::int64_t filter = box.filter; filter < box.filter + box.filters; ++filter) {
    for (std::int64_t tap = box.tap; tap < box.tap + box.taps; ++tap) positions.push_back(filter * all_taps() + tap);
  }
  return positions;
}

void DualCscSchedule::check_entries(std::int64_t tile, Span<const std::int64_t> entries) const {
  const std::int64_t words = *std::max_element(entries.begin(), entries.end()) / kWeightsPerWord;
  if (words <= config_.most_words()) return;
  const DualCscTile& box = filter_tile(tile);
  fail_input("a PE would hold " + std::to_string(words) + " weight words of ofmap channels " +
             std::to_string(box.filter) + " to " + std::to_string(box.filter + box.filters - 1) + ", taps " +
             std::to_string(box.tap) + " to " + std::to_string(box.tap + box.taps - 1) +
             ", but /chip/array/weight_words gives " + std::to_string(config_.weight_words) +
             " and /chip/array/weight_address_bits reaches " +
             std::to_string((std::int64_t{1} << config_.weight_address_bits) - 1));
}

std::vector<std::uint64_t> DualCscSchedule::encode_filters(std::int64_t tile, Span<const StoredWord> words,
                                                           std::int64_t link_bits) const {
  const std::int64_t taps = filter_tile(tile).taps;
  check_entries(tile, count_csc_entries(format, words, taps));
  return csc_stream(format, words, taps, link_bits);
}

std::vector<StoredWord> DualCscSchedule::decode_filters(std::int64_t tile, Span<const std::uint64_t> stream,
                                                        std::int64_t link_bits) const {
  return csc_matrix(format, stream, link_bits, filter_tile(tile).filters, filter_tile(tile).taps);
}

std::int64_t DualCscSchedule::encoded_filter_words(std::int64_t tile, Span<const StoredWord> filters,
                                                   const std::weak_ptr<const void>& /*owner*/,
                                                   std::int64_t link_bits) const {
  const DualCscTile& box = filter_tile(tile);
  const std::vector<DualCscColumn> columns = count_columns(array, format.run_bits, box, filters, all_taps());
  std::vector<std::int64_t> entries(static_cast<std::size_t>(array.pes), 0);
  for (std::size_t i = 0; i < columns.size(); ++i) entries[i % entries.size()] += columns[i].words() * kWeightsPerWord;
  check_entries(tile, entries);
  return csc_stream_words(format, entries, box.taps, link_bits);
}

AccumulationOrder DualCscSchedule::accumulation_order() const {
  AccumulationOrder order(1);
  order[0].resize(static_cast<std::size_t>(all_taps()));
  std::iota(order[0].begin(), order[0].end(), std::int64_t{0});
  return order;
}

}  // namespace lacuna
