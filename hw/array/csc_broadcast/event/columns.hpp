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

/// What a PE has of a column, as far as time and counts depend on it.
template <class Small_, class Row_>
struct CscColumnFields {
  using Small = Small_;
  using Row = Row_;
  static constexpr Small kNoFirst = static_cast<Small>(~Small{0});
  static constexpr Small kNoLast = static_cast<Small>(kNoFirst - 1);

  std::vector<Small> entries;  ///< fillers included
  std::vector<Small> fillers;
  std::vector<Small> first_row;  ///< row of the PE that the first entry meets; kNoFirst: none, or a filler is first
  std::vector<Small> last_row;   ///< that the last entry meets, which is no filler; kNoLast: none
  /// 2 x the entry row in which a column begins, + 1 where it is the first of its row; for each column and the end.
  std::vector<Row> begins;
};

/// The columns of a filter tile in the PEs: element (column, PE) is at column x lanes + PE, lanes past the PEs have no
/// entries. Small fields in bytes where they fit: they are read once per activation and PE.
class CscColumns {
 public:
  using Narrow = CscColumnFields<std::uint8_t, std::uint16_t>;
  using Wide = CscColumnFields<std::uint16_t, std::int32_t>;

  /// `filters` are those of the layer, M C R S; a filter has `taps` words.
  CscColumns(const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters, std::int64_t taps);

  static constexpr std::int64_t kLanes = 16;  ///< lanes are a multiple of it: a vector of the widest hosts

  std::int64_t lanes() const { return lanes_; }
  bool narrow() const { return narrow_; }
  const Narrow& narrow_fields() const { return narrow_fields_; }
  const Wide& wide_fields() const { return wide_fields_; }
  /// Rows of the entry memories of all PEs.
  std::int64_t entry_rows() const { return entry_rows_; }
  /// Of each PE.
  const std::vector<std::int64_t>& entries() const { return entries_; }
  std::size_t bytes() const;

 private:
  template <class Fields>
  void fill(Fields& fields, const CscFormat& format, const CscFilterTile& tile, Span<const StoredWord> filters,
            std::int64_t taps);

  std::int64_t lanes_;
  bool narrow_;
  Narrow narrow_fields_;
  Wide wide_fields_;
  std::int64_t entry_rows_ = 0;
  std::vector<std::int64_t> entries_;
};

/// The columns of a tile: made once, and known again for as long as the owner of the filters, who never changes them,
/// lives. With no owner, they are made anew.
std::shared_ptr<const CscColumns> known_columns(const CscFormat& format, const CscFilterTile& tile,
                                                Span<const StoredWord> filters, std::int64_t taps,
                                                const std::weak_ptr<const void>& owner);

}  // namespace lacuna
