// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numeric>
#include <vector>

#include "hw/array/csc_broadcast/event/recurrence.hpp"

namespace lacuna::test {

/// A matrix in the PEs of a csc_broadcast array, and the recurrence over broadcasts, without a chip around it.
class CscColumnsCase {
 public:
  /// `matrix` is row by row; entries are those of EIE.
  CscColumnsCase(const CscBroadcastConfig& array, const std::vector<StoredWord>& matrix, std::int64_t columns)
      : array_(array), format_(CscFormat::eie()) {
    format_.pes = array.pe_count;
    format_.run_bits = array.run_bits;
    const auto rows = static_cast<std::int64_t>(matrix.size()) / columns;
    columns_ = std::make_unique<CscColumns>(format_, CscFilterTile{0, rows, 0, columns}, matrix, columns);
  }

  /// Column j has service[j][k] entries in PE k, none of them a filler.
  static CscColumnsCase of_service(const CscBroadcastConfig& array,
                                   const std::vector<std::vector<std::int64_t>>& service) {
    const std::size_t columns = service.size();
    std::int64_t most = 1;
    for (const auto& column : service) most = std::max(most, *std::max_element(column.begin(), column.end()));
    const auto pes = static_cast<std::size_t>(array.pe_count);
    std::vector<StoredWord> matrix(static_cast<std::size_t>(most) * pes * columns, 0);
    for (std::size_t j = 0; j < columns; ++j) {
      for (std::size_t k = 0; k < pes; ++k) {
        for (std::int64_t row = 0; row < service[j][k]; ++row) {
          matrix[(static_cast<std::size_t>(row) * pes + k) * columns + j] = 1;
        }
      }
    }
    return {array, matrix, static_cast<std::int64_t>(columns)};
  }

  /// Broadcasts of these columns. `places` are those of the activations in the batch, where rows are scanned.
  CscPassCounts serve(const std::vector<std::int32_t>& columns, const std::vector<std::int32_t>& places) {
    const CscTimingParameters parameters(array_);
    buffers_.assign(static_cast<std::size_t>(columns_->lanes()), -1);
    return serve_batch(parameters, *columns_, columns, broadcast_gaps(parameters, places), buffers_);
  }
  CscPassCounts serve(const std::vector<std::int32_t>& columns) { return serve(columns, columns); }

  CscBroadcastConfig& array() { return array_; }
  const CscColumns& columns() const { return *columns_; }

 private:
  CscBroadcastConfig array_;
  CscFormat format_;
  std::unique_ptr<CscColumns> columns_;
  CscRowBuffers buffers_;
};

/// The numbers from 0 on.
inline std::vector<std::int32_t> first_numbers(std::size_t count) {
  std::vector<std::int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace lacuna::test
