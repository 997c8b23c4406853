// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/columns.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"
#include "hw/base/zero_mask.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMostNarrow = 254;  // two codes of a byte, 254 and 255, are no rows; rows count from 0

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

/// One PE's entry memory while its columns are laid into it one behind the other.
class EntryRows {
 public:
  explicit EntryRows(std::int64_t entries_per_row) : per_row_(entries_per_row) {}

  struct Column {
    std::int64_t rows = 0;
    std::int64_t reach = 0;
  };
  /// Lays a column into it that has entries.
  Column add(std::int64_t column, std::int64_t entries) {
    const std::int64_t first = entries_ / per_row_;
    entries_ += entries;
    const std::int64_t last = (entries_ - 1) / per_row_;
    const Column result{last - first + 1, first == row_ ? column - first_column_ : 0};
    if (last != row_) first_column_ = column;
    row_ = last;
    return result;
  }
  std::int64_t entries() const { return entries_; }

 private:
  std::int64_t per_row_;
  std::int64_t entries_ = 0;
  std::int64_t row_ = -1;           ///< in which the last column ends
  std::int64_t first_column_ = -1;  ///< that ends in it
};

}  // namespace

template <class Small>
CscColumnFields<Small>::CscColumnFields(std::int64_t columns, std::int64_t lanes)
    : lanes_(static_cast<std::size_t>(lanes)),
      lines_(static_cast<std::size_t>(ceil_div(columns * kCscFields * lanes * sizeof(Small), kLineBytes)), Line{}) {
  for (std::int64_t column = 0; column < columns; ++column) {
    std::fill_n(of(CscField::first_row, column), lanes, kNoFirst);
    std::fill_n(of(CscField::last_row, column), lanes, kNoLast);
  }
}

CscColumns::CscColumns(const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters,
                       std::int64_t taps)
    : lanes_(ceil_div(format.pes, kLanes) * kLanes), narrow_(format.local_rows(tile.filters, 0) <= kMostNarrow) {
  narrow_ = narrow_ && fill(narrow_fields_, format, tile, filters, taps);
  if (narrow_) return;
  narrow_fields_ = {};
  fill(wide_fields_, format, tile, filters, taps);
}

template <class Fields>
bool CscColumns::fill(Fields& fields, const CscFormat& format, const CscFilterTile& tile,
                      Span<const StoredWord> filters, std::int64_t taps) {
  using Small = typename Fields::Small;
  fields = Fields(tile.inputs, lanes_);
  entries_.clear();
  entry_rows_ = most_entries_ = 0;
  for (std::int64_t pe = 0; pe < format.pes; ++pe) {
    PeColumns<Fields> columns(tile.inputs);
    for (std::int64_t row = 0; row < format.local_rows(tile.filters, pe); ++row) {
      const std::int64_t filter = tile.filter + row * format.pes + pe;
      for_each_non_zero(
          filters.subspan(static_cast<std::size_t>(filter * taps + tile.input), static_cast<std::size_t>(tile.inputs)),
          [&](std::size_t column) { columns.add(column, row, format.run_bits); });
    }
    EntryRows rows(format.entries_per_row());
    for (std::int64_t column = 0; column < tile.inputs; ++column) {
      const auto from = static_cast<std::size_t>(column);
      if (columns.entries[from] == 0) continue;
      const EntryRows::Column laid = rows.add(column, columns.entries[from]);
      if (std::is_same_v<Fields, Narrow> && laid.reach > kMostNarrow) return false;
      most_entries_ = std::max<std::int64_t>(most_entries_, columns.entries[from]);
      Small* const to = fields.of(CscField::entries, column) + pe;
      const auto put = [&](CscField field, std::int64_t value) {
        to[static_cast<std::size_t>(field) * fields.lanes()] = static_cast<Small>(value);
      };
      put(CscField::entries, columns.entries[from]);
      put(CscField::fillers, columns.fillers[from]);
      put(CscField::first_row, columns.first[from]);
      put(CscField::last_row, columns.next_row[from] - 1);
      put(CscField::rows, laid.rows);
      put(CscField::reach, laid.reach);
    }
    entries_.push_back(rows.entries());
    entry_rows_ += ceil_div(rows.entries(), format.entries_per_row());
  }
  return true;
}

std::size_t CscColumns::bytes() const { return narrow_fields_.bytes() + wide_fields_.bytes(); }

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
