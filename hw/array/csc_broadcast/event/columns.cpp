// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/columns.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "hw/base/zero_mask.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMostNarrowRows = 254;         // two codes of a byte mean none
constexpr std::int64_t kMostNarrowEntryRows = 32767;  // and one bit of a word the begin of a row

/// Whether narrow fields hold a tile that fits the PEs: one that does not is refused.
bool fits_narrow(const CscFormat& format, const CscFilterTile& tile) {
  const std::int64_t entry_rows = format.spmat_bytes * 8 / format.row_bits;
  return format.local_rows(tile.filters, 0) <= kMostNarrowRows && entry_rows <= kMostNarrowEntryRows;
}

/// One PE's columns while its rows are looked at from top to bottom.
template <class Fields>
struct PeColumns {
  using Small = typename Fields::Small;

  explicit PeColumns(std::int64_t inputs)
      : entries(static_cast<std::size_t>(inputs), 0),
        fillers(entries),
        first(static_cast<std::size_t>(inputs), Fields::kNoFirst),
        next_row(static_cast<std::size_t>(inputs), 0) {}

  void add(std::size_t at, std::int64_t row, std::int64_t run_bits) {
    const auto fill = static_cast<Small>((row - next_row[at]) >> run_bits);
    if (entries[at] == 0 && fill == 0) first[at] = static_cast<Small>(row);
    entries[at] = static_cast<Small>(entries[at] + 1 + fill);
    fillers[at] = static_cast<Small>(fillers[at] + fill);
    next_row[at] = static_cast<std::int32_t>(row) + 1;
  }

  std::vector<Small> entries;
  std::vector<Small> fillers;
  std::vector<Small> first;
  std::vector<std::int32_t> next_row;  ///< behind the last entry
};

}  // namespace

CscColumns::CscColumns(const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters,
                       std::int64_t taps)
    : lanes_(ceil_div(format.pes, kLanes) * kLanes),
      narrow_(fits_narrow(format, tile)),
      entries_(static_cast<std::size_t>(format.pes), 0) {
  if (narrow_) {
    fill(narrow_fields_, format, tile, filters, taps);
  } else {
    fill(wide_fields_, format, tile, filters, taps);
  }
}

template <class Fields>
void CscColumns::fill(Fields& fields, const CscFormat& format, const CscFilterTile& tile,
                      Span<const StoredWord> filters, std::int64_t taps) {
  const auto elements = static_cast<std::size_t>(tile.inputs * lanes_);
  fields.entries.assign(elements, 0);
  fields.fillers.assign(elements, 0);
  fields.first_row.assign(elements, Fields::kNoFirst);
  fields.last_row.assign(elements, Fields::kNoLast);
  fields.begins.assign(elements + static_cast<std::size_t>(lanes_), 1);
  const std::int64_t per_row = format.entries_per_row();
  for (std::int64_t pe = 0; pe < format.pes; ++pe) {
    PeColumns<Fields> columns(tile.inputs);
    for (std::int64_t row = 0; row < format.local_rows(tile.filters, pe); ++row) {
      const std::int64_t filter = tile.filter + row * format.pes + pe;
      for_each_non_zero(
          filters.subspan(static_cast<std::size_t>(filter * taps + tile.input), static_cast<std::size_t>(tile.inputs)),
          [&](std::size_t column) { columns.add(column, row, format.run_bits); });
    }
    std::int64_t entry = 0;
    for (std::int64_t column = 0; column < tile.inputs; ++column) {
      const auto from = static_cast<std::size_t>(column);
      const auto to = static_cast<std::size_t>(column * lanes_ + pe);
      fields.entries[to] = columns.entries[from];
      fields.fillers[to] = columns.fillers[from];
      fields.first_row[to] = columns.first[from];
      if (columns.entries[from] > 0)
        fields.last_row[to] = static_cast<typename Fields::Small>(columns.next_row[from] - 1);
      entry += columns.entries[from];
      fields.begins[to + static_cast<std::size_t>(lanes_)] =
          static_cast<typename Fields::Row>(2 * (entry / per_row) + (entry % per_row == 0 ? 1 : 0));
    }
    entries_[static_cast<std::size_t>(pe)] = entry;
    entry_rows_ += ceil_div(entry, per_row);
  }
}

std::size_t CscColumns::bytes() const { return 6 * narrow_fields_.entries.size() + 12 * wide_fields_.entries.size(); }

namespace {

struct Known {
  std::weak_ptr<const void> owner;
  const StoredWord* filters = nullptr;
  std::vector<std::int64_t> numbers;
  std::shared_ptr<const CscColumns> columns;

  bool is(const std::weak_ptr<const void>& other, const StoredWord* words, const std::vector<std::int64_t>& key) const {
    return filters == words && numbers == key && !owner.owner_before(other) && !other.owner_before(owner);
  }
};

}  // namespace

std::shared_ptr<const CscColumns> known_columns(const CscFormat& format, const CscFilterTile& tile,
                                                Span<const StoredWord> filters, std::int64_t taps,
                                                const std::weak_ptr<const void>& owner) {
  constexpr std::size_t kMostBytes = std::size_t{256} << 20;
  if (owner.expired()) return std::make_shared<const CscColumns>(format, tile, filters, taps);
  static std::vector<Known> all;  // what was asked for last is last
  all.erase(std::remove_if(all.begin(), all.end(), [](const Known& known) { return known.owner.expired(); }),
            all.end());
  const std::vector<std::int64_t> key = {
      format.pes, format.run_bits, format.entries_per_row(), taps, tile.filter, tile.filters, tile.input, tile.inputs};
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Known& known) { return known.is(owner, filters.data(), key); });
  if (found != all.end()) {
    std::rotate(found, found + 1, all.end());
    return all.back().columns;
  }
  all.push_back({owner, filters.data(), key, std::make_shared<const CscColumns>(format, tile, filters, taps)});
  std::size_t bytes = 0;
  for (const Known& known : all) bytes += known.columns->bytes();
  while (all.size() > 1 && bytes > kMostBytes) {
    bytes -= all.front().columns->bytes();
    all.erase(all.begin());
  }
  return all.back().columns;
}

}  // namespace lacuna
