// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/array/csc_broadcast/pass.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"
#include "hw/memory/csc_memory.hpp"

namespace lacuna {

/// What PEs have of a column, as far as time and counts depend on it: a run of lanes for each of these.
enum class CscField {
  entries,  ///< fillers included
  fillers,
  first_row,  ///< row of the PE that the first entry meets; none_first: none, or a filler is first
  last_row,   ///< that the last entry meets, which is no filler; none_last: none
  rows,       ///< of the entry memory that the entries lie in
  reach,  ///< columns back to the first one whose entries end in the row of the entry memory that this one begins in
};
constexpr std::size_t kCscFields = 6;

/// The fields of all columns, column by column, so that what a broadcast needs lies together, in whole cache lines.
template <class Small_>
class CscColumnFields {
 public:
  using Small = Small_;
  static constexpr Small kNoFirst = static_cast<Small>(~Small{0});
  static constexpr Small kNoLast = static_cast<Small>(kNoFirst - 1);

  CscColumnFields() = default;
  /// No column has an entry.
  CscColumnFields(std::int64_t columns, std::int64_t lanes);

  std::size_t lanes() const { return lanes_; }
  std::size_t bytes() const { return lines_.size() * sizeof(Line); }
  /// The lanes of a column.
  const Small* of(CscField field, std::int64_t column) const {
    return lines_.front().words +
           (static_cast<std::size_t>(column) * kCscFields + static_cast<std::size_t>(field)) * lanes_;
  }
  Small* of(CscField field, std::int64_t column) {
    return const_cast<Small*>(static_cast<const CscColumnFields*>(this)->of(field, column));
  }

 private:
  static constexpr std::size_t kLineBytes = 64;
  struct alignas(kLineBytes) Line {
    Small words[kLineBytes / sizeof(Small)];
  };

  std::size_t lanes_ = 0;
  std::vector<Line> lines_;
};

/// The columns of a filter tile in the PEs; lanes past the PEs have no entries. In bytes where they fit: they are read
/// once per activation and PE.
class CscColumns {
 public:
  using Narrow = CscColumnFields<std::uint8_t>;
  using Wide = CscColumnFields<std::int32_t>;

  /// `filters` are those of the layer, M C R S; a filter has `taps` words.
  CscColumns(const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters, std::int64_t taps);

  static constexpr std::int64_t kLanes = 16;  ///< lanes are a multiple of it

  std::int64_t lanes() const { return lanes_; }
  bool narrow() const { return narrow_; }
  const Narrow& narrow_fields() const { return narrow_fields_; }
  const Wide& wide_fields() const { return wide_fields_; }
  /// What one PE has of a column, whichever fields hold it.
  std::int64_t at(CscField field, std::int64_t column, std::int64_t pe) const {
    return narrow_ ? narrow_fields_.of(field, column)[pe] : wide_fields_.of(field, column)[pe];
  }
  /// Most entries that a PE has of any column.
  std::int64_t most_entries() const { return most_entries_; }
  /// Rows of the entry memories of all PEs.
  std::int64_t entry_rows() const { return entry_rows_; }
  /// Of each PE.
  const std::vector<std::int64_t>& entries() const { return entries_; }
  std::size_t bytes() const;

 private:
  /// Whether the fields hold what the PEs have.
  template <class Fields>
  bool fill(Fields& fields, const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters,
            std::int64_t taps);

  std::int64_t lanes_;
  bool narrow_;
  Narrow narrow_fields_;
  Wide wide_fields_;
  std::int64_t most_entries_ = 0;
  std::int64_t entry_rows_ = 0;
  std::vector<std::int64_t> entries_;
};

/// The columns of a tile: made once, and known again for as long as the owner of the filters, who never changes them,
/// lives. With no owner, they are made anew.
std::shared_ptr<const CscColumns> known_columns(const CscFormat& format, const CscFilterTile& tile,
                                                Span<const StoredWord> filters, std::int64_t taps,
                                                const std::weak_ptr<const void>& owner);

}  // namespace lacuna
